import CLinux
import Glibc

/// The network namespaces that have names, as `ip netns` gives them.
package enum NetworkNamespace {
    /// The folder of their names.
    private static let folder = "/run/netns"

    /// Moves the thread that calls, and those that it starts from here on, into the namespace of that name: `setns`.
    ///
    /// - Throws: `SystemFailure` of `open`, with `ENOENT` also for what is no name, or of `setns`.
    package static func enter(_ name: String) throws(SystemFailure) {
        guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
            throw SystemFailure(call: "open", number: ENOENT)
        }
        let namespace = try Descriptor(open: "\(folder)/\(name)", O_RDONLY)
        guard setns(namespace.number, CLONE_NEWNET) == 0 else { throw .last("setns") }
    }
}
