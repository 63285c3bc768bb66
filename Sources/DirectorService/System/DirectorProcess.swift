import CLinux
import Glibc
import System

/// What tells a director from other processes.
package enum DirectorProcess {
    /// Whether the process of that number, which a PID file names, may be the director of that file: a process of root, or
    /// of the file's owner, whose command line is that of a director for it.
    ///
    /// - Parameter isLockKnown: whether it is known that nobody holds the lock of the file. Every director of this program
    ///   would hold it, so the process can be one of the original only.
    package static func exists(_ process: Int32, ofPIDFile path: String, isLockKnown: Bool) -> Bool {
        guard let owner = owner(of: "/proc/\(process)"), owner == 0 || owner == self.owner(of: path) else {
            return false
        }
        if isLockKnown, let program = LinkTrail.target(of: "/proc/\(process)/exe"),
            program == LinkTrail.target(of: "/proc/self/exe")
        {
            return false
        }
        guard let line = try? SystemFile.read("/proc/\(process)/cmdline", limit: 1 << 21) else { return false }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return isDirector(words, ofPIDFile: path)
    }

    /// Whether a command line is that of a director, and, as far as both tell of which instance, of the instance that a
    /// PID file is for.
    static func isDirector(_ words: [String], ofPIDFile path: String) -> Bool {
        guard let program = words.first.map(lastPart) else { return false }
        // Another family of files, and of command lines: of which file it directs by, nothing is to be told from the words.
        if program == "keepalived" { return DaemonOptions.instance(ofPIDFile: path) == nil }
        var rest = words.dropFirst()
        if !names.contains(program) {
            // The original is a script of Perl.
            guard program.hasPrefix("perl") else { return false }
            rest = rest.drop { $0.hasPrefix("-") }
            guard let script = rest.popFirst(), names.contains(lastPart(script)) else { return false }
        }
        if program == "directrix" {
            guard let command = rest.first, !idleCommands.contains(command) else { return false }
            guard command == "run" else { return true }
            if let option = rest.firstIndex(where: { $0 == "--pidfile" || $0.hasPrefix("--pidfile=") }) {
                let value =
                    rest[option].hasPrefix("--pidfile=")
                    ? String(rest[option].dropFirst(10)) : rest.dropFirst(option - rest.startIndex + 1).first
                return value.map(lastPart) == lastPart(path)
            }
            return isSame(rest.last.map(lastPart).map(String.init), path)
        }
        rest = rest.drop { $0.hasPrefix("-") }
        switch rest.count {
        case 1 where verbs.contains(rest.first ?? ""): return isSame("ldirectord", path)
        case 2... where verbs.contains(rest.dropFirst().first ?? ""):
            return isSame(rest.first.map(lastPart).map(String.init), path)
        // The words may be another title, as the original's children have, which does not tell the configuration.
        default: return true
        }
    }

    /// Whether an instance is that of a PID file, as far as both are known.
    private static func isSame(_ instance: String?, _ path: String) -> Bool {
        guard let instance, let expected = DaemonOptions.instance(ofPIDFile: path) else { return true }
        return instance == expected
    }

    private static let names: Set<Substring> = ["ldirectord", "directrix"]
    private static let verbs: Set<String> = ["start", "restart", "try-restart"]
    /// What the program does besides directing.
    private static let idleCommands: Set<String> = [
        "check", "show", "convert", "rules", "plan", "vrrp", "help", "--help", "--version",
    ]

    /// The last part of a path, up to the first blank: some daemons write more than their name there.
    private static func lastPart(_ word: String) -> Substring {
        let program = word.prefix { $0 != " " }
        return program.split(separator: "/").last ?? program
    }

    private static func owner(of path: String) -> uid_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_uid : nil
    }
}
