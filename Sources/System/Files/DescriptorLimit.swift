import CLinux
import Glibc
import Synchronization

/// How many descriptors this process may have open.
package enum DescriptorLimit {
    private static let beforeRaise = Mutex<rlimit?>(nil)

    /// The limit that held before it was raised, which is for the programs that this process starts: many close every
    /// descriptor that they might have.
    static var original: rlimit { beforeRaise.withLock { $0 } ?? current }

    private static var current: rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }

    /// The descriptors that connections of probes may take at once: a quarter stays for all else, 4,096 at most.
    package static var roomForProbes: Int {
        let limit = Int(clamping: current.rlim_cur)
        return max(16, limit - min(limit / 4, 4_096))
    }

    /// Raises the limit as far as is wanted and allowed; one that is already higher stays.
    ///
    /// - Returns: the limit that holds now.
    @discardableResult
    package static func raise(to wanted: Int = 65_536) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        let target = rlim_t(max(wanted, 0))
        guard limit.rlim_cur < target else { return Int(clamping: limit.rlim_cur) }
        beforeRaise.withLock { $0 = $0 ?? limit }
        var raised = rlimit(rlim_cur: target, rlim_max: max(limit.rlim_max, target))
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { return Int(clamping: target) }
        // The hard limit rises only for a process with CAP_SYS_RESOURCE.
        raised = rlimit(rlim_cur: min(target, limit.rlim_max), rlim_max: limit.rlim_max)
        let isRaised = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
        return Int(clamping: isRaised ? raised.rlim_cur : limit.rlim_cur)
    }
}
