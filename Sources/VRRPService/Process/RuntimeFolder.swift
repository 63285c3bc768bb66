import CLinux
package import Failover
import Glibc
package import Links
package import System
package import VRRP
import VRRPControl

/// The folder of files that outlive the process, and not the run of the machine: records, what it set, the configuration in force.
package struct RuntimeFolder {
    /// The folder unless another one is asked for.
    package static let usualPath = "/run/directrix-vrrp"

    /// Its path.
    package let path: String
    private let boot: BootIdentity

    /// The socket that directors and commands connect to.
    package var socketPath: String { "\(path)/socket" }
    /// The records of virtual routers.
    package var recordPath: String { "\(path)/records" }
    /// Held by the one process that lives there.
    package var lockPath: String { "\(path)/lock" }
    private var configurationPath: String { "\(path)/configuration" }
    private var belongingsPath: String { "\(path)/belongings" }
    private var valuesPath: String { "\(path)/values" }

    /// What a file says, and of which run of the machine.
    private struct Note<Value: Codable>: Codable {
        var boot: BootIdentity
        var value: Value
    }

    /// Makes the folder where there is none, for its owner alone.
    ///
    /// - Parameter account: who it belongs to; nil for the user of this process.
    /// - Throws: `SystemFailure` of `mkdir`, `lchown` or `lstat`; `EPERM` for what is somebody else's, or no folder.
    package init(
        _ path: String,
        boot: BootIdentity,
        account: (user: UInt32, group: UInt32)?
    ) throws(SystemFailure) {
        self.path = path
        self.boot = boot
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last("mkdir") }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .last("lstat") }
        let owner = account?.user ?? geteuid()
        guard status.st_mode & S_IFMT == S_IFDIR, [0, owner, geteuid()].contains(status.st_uid),
            status.st_mode & 0o022 == 0
        else { throw SystemFailure(call: "mkdir", number: EPERM) }
        guard let account else { return }
        // A process of root before this one may have left files there.
        for name in [""] + Self.names.map({ "/\($0)" }) {
            guard lchown(path + name, account.user, account.group) == 0 || errno == ENOENT else {
                throw .last("lchown")
            }
        }
    }

    private static let names = ["socket", "records", "lock", "configuration", "belongings", "values"]

    // MARK: What is kept

    /// The configuration that was in force last in this run of the machine; nil where none is known.
    package var configuration: RouterSet? {
        guard let set = read(RouterSet.self, configurationPath), set.objection == nil else { return nil }
        return set
    }

    /// Keeps the configuration for the process after this one.
    ///
    /// - Throws: `SystemFailure` of a call that writes it.
    package func keep(_ set: RouterSet) throws(SystemFailure) { try write(set, configurationPath) }

    /// The addresses that were set last in this run of the machine.
    package var belongings: [LinkAddress] { read([LinkAddress].self, belongingsPath) ?? [] }

    /// Notes the addresses that are set from now on.
    ///
    /// - Throws: `SystemFailure` of a call that writes them.
    package func note(_ addresses: [LinkAddress]) throws(SystemFailure) { try write(addresses, belongingsPath) }

    /// What was found last of all that is tracked, in this run of the machine.
    package var values: [TrackedSubject: TrackedValue] {
        read([TrackedSubject: TrackedValue].self, valuesPath) ?? [:]
    }

    /// Keeps what was found for the process after this one.
    ///
    /// - Throws: `SystemFailure` of a call that writes it.
    package func keep(_ values: [TrackedSubject: TrackedValue]) throws(SystemFailure) { try write(values, valuesPath) }

    /// Forgets all that is kept, after an end in order.
    package func forget() {
        for path in [socketPath, configurationPath, belongingsPath, valuesPath, recordPath] { unlink(path) }
    }

    private func read<Value: Codable>(_ type: Value.Type, _ path: String) -> Value? {
        guard let bytes = try? Descriptor(open: path, O_RDONLY | O_NOFOLLOW).read(limit: ControlEnd.longestText),
            let note = try? KeyedText.value(Note<Value>.self, from: bytes), note.boot == boot
        else { return nil }
        return note.value
    }

    private func write(_ value: some Codable, _ path: String) throws(SystemFailure) {
        guard let bytes = try? KeyedText.bytes(of: Note(boot: boot, value: value)) else {
            throw SystemFailure(call: "write", number: EINVAL)
        }
        try ReplacedFile.put(String(decoding: bytes, as: UTF8.self), at: path, mode: 0o600)
    }
}
