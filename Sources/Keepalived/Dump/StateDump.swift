import Configuration

/// What keepalived writes when it is sent USR1: what is set for all, the virtual servers with their real servers, and their
/// checks, one `name = value` a line.
struct StateDump {
    /// The words of the file.
    let words: FileWords
    /// The pools that were made of them.
    let pools: [ReadPool]
    /// What they say of the process.
    let process: ProcessSettings
    /// The numbers of users and groups.
    let accounts: [AccountQuestion: AccountAnswer]
    /// The name of the machine.
    let hostName: String

    func files(of pools: [PoolState]) -> [StateFile] {
        let globals = lines(of: words.globals)
        var text = DumpText(globals)
        text.add(tlsLines)
        if !self.pools.isEmpty {
            text.add("------< LVS Topology >------")
            text.add(" System is compiled with LVS v1.2.1")
            addGroups(to: &text, pools)
            for (pool, state) in zip(self.pools, pools) { add(pool, state, to: &text) }
        }
        addChecks(to: &text, pools)
        addTrackedFiles(to: &text, pools)
        return [
            StateFile(name: "keepalived_parent", text: DumpText(globals).text),
            StateFile(name: "keepalived_check", text: text.text),
        ]
    }

    private var tlsLines: [String] {
        guard words.file.has("SSL") else { return [] }
        var lines = ["------< SSL definitions >------"]
        for (name, title) in [
            ("password", "Password"), ("ca", "CA-file"), ("certificate", "Certificate file"), ("key", "Key file"),
        ] {
            if let value = words.tls.text(name) { lines.append(" \(title) : \(value)") }
        }
        return lines
    }
}

/// Lines that are gathered.
struct DumpText {
    private(set) var text = ""

    init(_ lines: [String] = []) {
        add(lines)
    }

    mutating func add(_ line: String) {
        text += line
        text += "\n"
    }

    mutating func add(_ lines: [String]) {
        for line in lines { add(line) }
    }

    /// Adds `name = value`, so many blanks from the left.
    mutating func add(_ name: String, _ value: some CustomStringConvertible, indent: Int = 3) {
        add("\(String(repeating: " ", count: indent))\(name) = \(value)")
    }
}

extension Duration {
    /// Seconds with six decimals, as C writes a double.
    var dumpedSeconds: String {
        let (seconds, attoseconds) = components
        let digits = String(attoseconds / 1_000_000_000_000)
        return "\(seconds).\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
    }

    /// Microseconds with their unit.
    var dumpedMicroseconds: String {
        let (seconds, attoseconds) = components
        let microseconds = UInt64(clamping: attoseconds / 1_000_000_000_000)
        return "\(UInt64(clamping: seconds) &* 1_000_000 &+ microseconds) us"
    }
}

extension Bool {
    var onOff: String { self ? "ON" : "OFF" }
    var yesNo: String { self ? "yes" : "no" }
    var trueFalse: String { self ? "true" : "false" }
}
