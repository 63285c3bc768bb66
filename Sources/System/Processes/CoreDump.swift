import Glibc

/// The picture of a process that the kernel keeps when it crashes.
package enum CoreDump {
    /// Lets the kernel keep one, of any size: `RLIMIT_CORE`.
    ///
    /// - Parameter pattern: what `core_pattern` of the whole machine is set to; nil for leaving it.
    /// - Throws: `SystemFailure` of `setrlimit`, or of `open` or `write` where the pattern cannot be set.
    package static func allow(pattern: String? = nil) throws(SystemFailure) {
        var limit = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)
        guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else { throw .last("setrlimit") }
        guard let pattern else { return }
        let file = try Descriptor(open: "/proc/sys/kernel/core_pattern", O_WRONLY | O_TRUNC)
        try file.write(Array("\(pattern)\n".utf8))
    }
}
