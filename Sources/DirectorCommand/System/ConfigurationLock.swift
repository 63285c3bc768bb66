import Console
import DirectorService
import Glibc
import System

/// The right to direct by a configuration, which one daemon of a network namespace has at a time.
///
/// Two daemons under two names for one file would each put right what the other does. The right ends with the last
/// process that was given it, whatever ends it.
struct ConfigurationLock {
    /// Why the right was not given.
    enum Refusal: Error, Hashable {
        /// Another daemon has it.
        case held(Holder)
        /// The file for it cannot be used.
        case unusable(path: String, SystemFailure)
    }

    /// A daemon that has the right.
    struct Holder: Hashable {
        /// The name of its instance.
        let instance: String
        /// The path of its PID file; nil when it has none.
        let pidFile: String?
        /// The path of its configuration, all links followed; nil in what takes the right.
        private(set) var configuration: String?
        /// The network namespace that it is in, as the kernel calls it.
        fileprivate var namespace = ""

        /// The text in the lock file, by which later comers know the holder.
        fileprivate func note(_ configuration: String, _ namespace: String) -> String {
            "\(instance)\n\(pidFile ?? "")\n\(configuration)\n\(namespace)\n"
        }

        fileprivate init(note: String) {
            let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            func line(_ number: Int) -> String? {
                lines.indices.contains(number) && !lines[number].isEmpty ? lines[number] : nil
            }
            instance = line(0) ?? ""
            pidFile = line(1)
            configuration = line(2)
            namespace = line(3) ?? ""
        }

        init(instance: String, pidFile: String?) {
            self.instance = instance
            self.pidFile = pidFile
        }
    }

    private let lock: FileLock

    /// Takes the right.
    ///
    /// - Parameters:
    ///   - configuration: the path of the file, by whichever links.
    ///   - holder: who takes it, for those that come later.
    ///   - folder: the folder for the lock's own file.
    init(of configuration: String, holder: Holder, in folder: String) throws(Refusal) {
        let file = SystemFile.resolved(configuration)
        let path = "\(folder)/ldirectord.\(Self.digits(of: "\(file)\0\(Self.namespace)")).lock"
        do throws(FileLock.Refusal) {
            lock = try FileLock(at: path)
        } catch {
            switch error {
            case .held(let note): throw .held(Holder(note: note))
            case .unusable(let failure): throw .unusable(path: path, failure)
            }
        }
        lock.leave(note: holder.note(file, Self.namespace))
    }

    /// The other daemons of this network namespace that have a lock in a folder, each with the file that it directs by.
    static func holders(in folder: String) -> [Holder] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var found: [Holder] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.hasPrefix("ldirectord."), name.hasSuffix(".lock"), !name.hasSuffix(".pid.lock"),
                case .held(let note) = FileLock.look(at: "\(folder)/\(name)")
            else { continue }
            let holder = Holder(note: note)
            if holder.namespace == namespace, holder.configuration != nil { found.append(holder) }
        }
        return found
    }

    private static var namespace: String { SystemFile.linkTarget("/proc/self/ns/net") ?? "" }

    /// Sixteen digits that hardly any other text has (FNV-1a).
    private static func digits(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
