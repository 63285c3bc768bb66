import Glibc
import IPVS

/// A module of the kernel, by the name that `modprobe` knows it by.
package struct KernelModule: Hashable, Sendable {
    let name: String

    /// IPVS itself.
    package static let ipvs = KernelModule(name: "ip_vs")

    /// Schedulers whose modules the kernel must not load by itself.
    ///
    /// It would do so with the lock of all tables in its hands, and wait in these modules' `register_pernet_subsys` for
    /// a network namespace that is being taken down, which waits for that lock. No table and no namespace of the machine
    /// could be changed any more until it is booted again (`ip_vs_lblc.c`, `ip_vs_lblcr.c`; seen in Linux 6.1).
    static func neededBeforehand(forScheduler scheduler: String) -> KernelModule? {
        switch scheduler {
        case "lblc", "lblcr": KernelModule(name: "ip_vs_\(scheduler)")
        default: nil
        }
    }

    /// Whether the kernel has it; false also for one that is not a module but a part of the kernel.
    var isLoaded: Bool { access("/sys/module/\(name)", F_OK) == 0 }

    /// Tries to load it, and waits for the end of that.
    ///
    /// - Parameter silently: whether nobody is to see what `modprobe` says, as that it must not.
    package func load(silently: Bool = false) {
        var words = ["/sbin/modprobe", "--", name].map { (word: String) in strdup(word) } + [nil]
        defer { words.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if silently { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
        var process: pid_t = 0
        guard posix_spawn(&process, "/sbin/modprobe", &actions, nil, &words, nil) == 0 else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}

extension Change {
    /// The module that has to be there before the change is sent, if there is one.
    var moduleNeededBeforehand: KernelModule? {
        switch self {
        case .addService(let service), .editService(let service): .neededBeforehand(forScheduler: service.scheduler)
        default: nil
        }
    }
}
