import Glibc

/// What tells a director from other processes.
package enum DirectorProcess {
    /// Whether the process of that number runs this program, or one by the name of ldirectord or directrix, or a script
    /// of that name.
    package static func exists(_ process: Int32) -> Bool {
        if let program = LinkTrail.target(of: "/proc/\(process)/exe"), program == LinkTrail.target(of: "/proc/self/exe")
        {
            return true
        }
        guard case .success(let opened) = Descriptor.open("/proc/\(process)/cmdline", O_RDONLY) else { return false }
        defer { close(opened) }
        guard case .success(let line) = Descriptor.read(opened, limit: 1 << 21) else { return false }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard let program = words.first.map(lastPart) else { return false }
        if names.contains(program) { return true }
        let script = words.dropFirst().first { !$0.hasPrefix("-") }
        return program.hasPrefix("perl") && script.map { names.contains(lastPart($0)) } == true
    }

    private static let names: Set<Substring> = ["ldirectord", "directrix"]

    /// The last part of a path, up to the first blank: some daemons write more than their name there.
    private static func lastPart(_ word: String) -> Substring {
        let program = word.prefix { $0 != " " }
        return program.split(separator: "/").last ?? program
    }
}
