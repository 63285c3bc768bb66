import AdminCommand
import Glibc

/// The right to direct by a configuration, which one daemon of a network namespace has at a time.
///
/// Two daemons under two names for one file would each put right what the other does. The right ends with the last
/// process that was given it, whatever ends it.
struct ConfigurationLock: ~Copyable {
    /// Why the right was not given.
    enum Refusal: Error, Hashable {
        /// Another daemon has it.
        case held(Holder)
        /// The file for it cannot be used.
        case unusable(path: String, SystemError)
    }

    /// A daemon that has the right.
    struct Holder: Hashable {
        /// The name of its instance.
        let instance: String
        /// The path of its PID file; nil when it has none.
        let pidFile: String?

        /// What later comers read of it, the path of the configuration beside it.
        fileprivate func note(_ configuration: String) -> [UInt8] {
            Array("\(instance)\n\(pidFile ?? "")\n\(configuration)\n".utf8)
        }

        fileprivate init(note: [UInt8]) {
            let lines = String(decoding: note, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            instance = lines.first.map(String.init) ?? ""
            pidFile = lines.count > 1 && !lines[1].isEmpty ? String(lines[1]) : nil
        }

        init(instance: String, pidFile: String?) {
            self.instance = instance
            self.pidFile = pidFile
        }
    }

    private let descriptor: Int32

    /// Takes the right.
    ///
    /// - Parameters:
    ///   - configuration: the path of the file, by whichever links.
    ///   - holder: who takes it, for those that come later.
    ///   - folder: the folder for the lock's own file.
    init(of configuration: String, holder: Holder, in folder: String) throws(Refusal) {
        let file = SystemFile.resolved(configuration)
        let namespace = SystemFile.linkTarget("/proc/self/ns/net") ?? ""
        let path = "\(folder)/ldirectord.\(Self.digits(of: "\(file)\0\(namespace)")).lock"
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else { throw .unusable(path: path, .last) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError.last
            let bytes = (try? FileDescriptorSink.read(opened, limit: 1 << 12)) ?? nil
            close(opened)
            guard error.code == EWOULDBLOCK else { throw .unusable(path: path, error) }
            throw .held(Holder(note: bytes ?? []))
        }
        let note = holder.note(file)
        _ = ftruncate(opened, 0)
        _ = pwrite(opened, note, note.count, 0)
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// Sixteen digits that hardly any other text has (FNV-1a).
    private static func digits(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
