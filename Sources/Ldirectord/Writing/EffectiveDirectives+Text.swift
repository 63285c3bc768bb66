import Texts

extension EffectiveDirectives {
    /// The directives as a file, which reads back to the same.
    ///
    /// A virtual server has no line for what holds for all of them.
    package var text: String {
        var text = TextBuffer()
        append(to: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Texts that ldirectord reads in quotation marks only, or with and without.
    private static let quoted: Set<String> = [
        "logfile", "callback", "request", "receive", "login", "passwd", "database", "secret", "checkcommand",
        "virtualhost", "monitorfile", "tlscafile", "sni",
    ]

    private func append(to text: inout TextBuffer) {
        for directive in global where Self.isForAll(directive, virtuals) {
            Self.append(directive, indent: "", to: &text)
        }
        for virtual in virtuals {
            text.append("\n")
            Self.append(virtual, global: global, to: &text)
        }
    }

    /// Whether a directive of the file can stand there: every virtual server has its own line for a fallback, but none
    /// for having none while the file has one.
    private static func isForAll(_ directive: Directive, _ virtuals: [Virtual]) -> Bool {
        guard directive.name == "fallback" || directive.name == "fallback6" else { return true }
        let identity = directive.name == "fallback" ? "virtual" : "virtual6"
        return virtuals.allSatisfy { $0.fallback != nil || $0.directives.first?.name != identity }
    }

    private static func append(
        _ virtual: Virtual,
        global: [Directive],
        to text: inout TextBuffer
    ) {
        guard let identity = virtual.directives.first else { return }
        append(identity, indent: "", to: &text)
        let checkPort = virtual.directives.first { $0.name == "checkport" }?.value
        for real in virtual.reals { append(real: real, checkPort: checkPort, to: &text) }
        if let fallback = virtual.fallback { append(fallback: fallback, to: &text) }
        var inherited = Set(global)
        // Of the timeouts one stands in for the other: a line of one needs a line of the other.
        let timeouts = virtual.directives.filter { $0.name == "checktimeout" || $0.name == "negotiatetimeout" }
        if !inherited.isSuperset(of: timeouts) { inherited.subtract(timeouts) }
        let hasHost = virtual.directives.contains { $0.name == "virtualhost" && $0.value != .absent }
        for directive in virtual.directives.dropFirst() where !inherited.contains(directive) {
            if directive.name == "fallbackcommand", case .string(let command) = directive.value {
                text.append("\tfallbackcommand=\"\(command)\"\n")
            } else if directive.name == "sni", directive.value == .absent, hasHost {
                // Otherwise the name of the virtual host would be sent.
                text.append("\tsni=\"\"\n")
            } else if directive.name == "checkcount", directive.value == .number(1) {
                // The whole file has another count, which would be inherited.
                text.append("\tcheckcount=1\n")
            } else {
                append(directive, indent: "\t", to: &text)
            }
        }
    }

    private static func append(_ directive: Directive, indent: String, to text: inout TextBuffer) {
        let start = "\(indent)\(directive.name)="
        switch directive.value {
        case .string(let value):
            let isQuoted = quoted.contains(directive.name) || directive.name != "fallbackcommand" && value.contains("#")
            text.append(isQuoted ? "\(start)\"\(value)\"\n" : "\(start)\(value)\n")
        // The directive is deprecated, and each of its lines a warning.
        case .number(1) where directive.name == "checkcount": break
        case .number(let number): text.append("\(start)\(number)\n")
        case .time(let time):
            text.append(start)
            text.append(seconds: time)
            text.append("\n")
        case .boolean(let isYes): text.append("\(start)\(isYes ? "yes" : "no")\n")
        case .list(let words) where directive.name == "execute":
            for word in words { text.append(word.contains("#") ? "\(start)\"\(word)\"\n" : "\(start)\(word)\n") }
        case .list(let words):
            guard !words.isEmpty else { break }
            let list = words.joined(separator: ", ")
            text.append(list.contains("#") ? "\(start)\"\(list)\"\n" : "\(start)\(list)\n")
        case .absent: break
        }
    }

    /// Appends `real=ADDRESS:PORT FORWARD WEIGHT "REQUEST", "RECEIVE" l:N u:N checkport=N`.
    private static func append(
        real directives: [Directive],
        checkPort: Value?,
        to text: inout TextBuffer
    ) {
        guard let identity = directives.first, let address = identity.value.text else { return }
        let values = Dictionary(directives.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let port = address.utf8.lastIndex(of: UInt8(ascii: ":")).map { address[address.index(after: $0)...] } ?? ""
        text.append("\t\(identity.name)=\(port == "0" ? String(address.dropLast(2)) : address)")
        for name in ["forward", "weight"] {
            if let value = values[name]?.text { text.append(" \(value)") }
        }
        if let request = values["request"]?.text {
            // ldirectord loses the pattern behind a request with the slash, and puts it in front itself.
            let isPath = request.hasPrefix("/") && request.utf8.count > 1 && !request.hasPrefix("//")
            text.append(" \"\(isPath ? String(request.dropFirst()) : request)\"")
            text.append(", \"\(values["receive"]?.text ?? "")\"")
        }
        for name in ["l", "u"] {
            if let value = values[name]?.text, value != "0" { text.append(" \(name):\(value)") }
        }
        let usual = checkPort?.text ?? String(port)
        if let value = values["checkport"]?.text, value != "0", value != usual { text.append(" checkport=\(value)") }
        text.append("\n")
    }

    /// Appends `fallback=ADDRESS:PORT FORWARD`.
    private static func append(fallback directives: [Directive], to text: inout TextBuffer) {
        guard let identity = directives.first, let address = identity.value.text else { return }
        let forward = directives.first { $0.name == "forward" }?.value.text ?? "gate"
        text.append("\t\(identity.name)=\(address) \(forward)\n")
    }
}

extension EffectiveDirectives.Value {
    /// A text or a number as a word of a line.
    fileprivate var text: String? {
        switch self {
        case .string(let text): text
        case .number(let number): String(number)
        case .time, .boolean, .list, .absent: nil
        }
    }
}
