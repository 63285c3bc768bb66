import Glibc

/// The kernel's module `ip_vs`.
package enum KernelModule {
    /// Tries to load it.
    package static func load() {
        var words = ["/sbin/modprobe", "--", "ip_vs"].map { (word: String) in strdup(word) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        guard posix_spawn(&process, "/sbin/modprobe", nil, nil, &words, nil) == 0 else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
