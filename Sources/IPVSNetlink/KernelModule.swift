import Glibc
import IPVS

/// A module of the kernel, by the name that `modprobe` knows it by.
package struct KernelModule: Hashable, Sendable {
    let name: String

    /// IPVS itself.
    package static let ipvs = KernelModule(name: "ip_vs")

    /// The module that a scheduler of that name needs, if the kernel must not load it by itself.
    ///
    /// It would do so with the lock of all tables in its hands, and wait in the module's `register_pernet_subsys` for a
    /// network namespace that is being taken down, which waits for that lock. No table and no namespace of the machine
    /// could be changed any more until it is booted again (`ip_vs_lblc.c`, `ip_vs_lblcr.c`; seen in Linux 6.1). The
    /// module `ip_vs_ftp` has no scheduler, but is loaded all the same when one of that name is asked for.
    static func neededBeforehand(forScheduler scheduler: String) -> KernelModule? {
        switch scheduler {
        case "lblc", "lblcr", "ftp": KernelModule(name: "ip_vs_\(scheduler)")
        default: nil
        }
    }

    /// Whether the kernel has it, and is done with loading it; false also for what is a part of the kernel itself.
    var isLoaded: Bool {
        let descriptor = open("/sys/module/\(name)/initstate", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var state = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &state, state.count)
        return count > 0 && state[..<count].elementsEqual("live\n".utf8)
    }

    /// Tries to load it, and waits for the end of that.
    ///
    /// - Parameter silently: whether `modprobe` is kept from this program's input and output.
    package func load(silently: Bool = false) {
        var words = ["/sbin/modprobe", "--", name].map { (word: String) in strdup(word) } + [nil]
        defer { words.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if silently {
            for descriptor in STDIN_FILENO...STDERR_FILENO {
                posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
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
