import Failover
import Glibc
import System
import VRRP
import VRRPControl
import VRRPIO
import VRRPService

/// Virtual routers in the director's own process and on its loop (`--single`), which the director speaks with as with any others.
final class SingleRouters {
    /// The least interval of advertisements: what holds the loop up for longer than that holds up an advertisement.
    static let leastInterval = Duration.milliseconds(500)

    private let routers: RunningRouters
    private let lock: FileLock

    /// Begins them with what was in force last in this run of the machine, where a process before this one was killed.
    ///
    /// - Parameter folder: where they keep what outlives them, and listen.
    /// - Throws: `SystemFailure`; `EBUSY` where others are there.
    init(on loop: EventLoop, folder path: String) throws(SystemFailure) {
        guard let boot = BootIdentity.current else { throw SystemFailure(call: "open", number: ENOENT) }
        let folder = try RuntimeFolder(path, boot: boot, account: nil)
        do throws(FileLock.Refusal) {
            lock = try FileLock(at: folder.lockPath)
        } catch {
            switch error {
            case .held: throw SystemFailure(call: "flock", number: EBUSY)
            case .unusable(let failure): throw failure
            }
        }
        routers = try RunningRouters(on: loop, folder: folder, boot: boot, notifier: nil)
        try routers.begin(nil, users: [geteuid()], inherited: nil)
    }

    /// Gives mastership away and leaves nothing behind.
    func finish() { routers.finish(.stopped) }

    /// Whether nothing is left.
    var isOver: Bool { routers.isOver }

    /// What of a set is for a process of its own is left out: the director's is not run in real time.
    static func adjusted(_ set: RouterSet) -> RouterSet {
        var set = set
        set.settings.realTimePriority = nil
        set.settings.niceness = nil
        set.settings.locksMemory = false
        set.settings.processors = []
        return set
    }

    /// Why a set cannot be kept so; nil where it can.
    static func objection(to set: RouterSet) -> String? {
        set.routers.first { $0.interval < leastInterval }.map {
            "virtual router \($0.name): its interval is below 0.5 s, which a director does not keep in its own process"
        }
    }
}
