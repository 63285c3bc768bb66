import Glibc
import System

/// What confines this process and the programs that it starts, beyond what root is held to.
enum Sandbox {
    /// Whether this process is confined by a service manager, which gives it that variable; found out once.
    static let isHere = getenv("INVOCATION_ID") != nil && confines(status: SystemFile.text("/proc/self/status") ?? "")

    /// What to say of a program that was refused something in here; nil where nothing tells of that.
    ///
    /// - Parameters:
    ///   - end: how it ended.
    ///   - words: what it said.
    static func note(_ end: ProgramOutcome.End, _ words: String?, isHere: Bool = Self.isHere) -> String? {
        guard isHere else { return nil }
        let isRefused =
            switch end {
            // A shell could not start a program; a filter of system calls ended it.
            case .exited(126), .signalled(Int(SIGSYS)): true
            case .exited(0), .untold: false
            case .exited, .signalled: words.map(tellsOfRefusal) ?? false
            }
        return isRefused ? note : nil
    }

    /// What to say of a program that the kernel refused to start in here; nil where that is not why.
    static func note(refusal number: Int32, isHere: Bool = Self.isHere) -> String? {
        isHere && [EPERM, EACCES, EROFS].contains(number) ? note : nil
    }

    private static let note = "the sandbox of the director's service may forbid it; see SANDBOX in directrix(8)"

    private static func tellsOfRefusal(_ words: String) -> Bool {
        let words = words.lowercased()
        return ["permission denied", "operation not permitted", "read-only file system"].contains(where: words.contains)
    }

    /// Whether the lines of `/proc/self/status` tell of a confined process: one that can gain no privileges, or has a
    /// filter of system calls.
    static func confines(status: String) -> Bool {
        status.split(separator: "\n").contains { line in
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            return words == ["NoNewPrivs:", "1"] || words == ["Seccomp:", "2"]
        }
    }
}
