import Glibc
import System

/// What is done to a process before it becomes a daemon, because its command line or its configuration says so.
package enum ProcessPreparation: Hashable, Sendable {
    /// New files lose these bits of their modes: `umask`.
    case mask(UInt32)
    /// The kernel keeps a picture of it if it crashes, under names of that pattern where there is one.
    case core(pattern: String?)
    /// It works in the network namespace of that name.
    case namespace(String)

    /// Does it, on the machine that this process runs on.
    ///
    /// - Returns: why that failed; nil when it is done.
    func carryOut() -> SystemFailure? {
        do throws(SystemFailure) {
            switch self {
            case .mask(let bits): _ = umask(bits)
            case .core(let pattern): try CoreDump.allow(pattern: pattern)
            case .namespace(let name): try NetworkNamespace.enter(name)
            }
            return nil
        } catch {
            return error
        }
    }
}
