import CLinux
import CheckIO
import Glibc

/// The signals that a director acts on, as something that a loop can wait for: `signalfd`.
final class SignalDescriptor {
    /// Those that are waited for.
    static let handled: [Int32] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD]

    let descriptor: Int32

    /// Keeps the signals from being delivered to this thread and those that it starts from now on.
    ///
    /// To be called before the first other thread is started; one that arrives from here on waits for the loop.
    static func block() {
        var set = handledSet
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        ChildProcess.keepEnds()
    }

    /// - Throws: `SystemFailure` of `signalfd`.
    init() throws(SystemFailure) {
        var set = Self.handledSet
        descriptor = signalfd(-1, &set, O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemFailure(call: "signalfd", number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// The next signal that has arrived; nil when there is none.
    func next() -> Int32? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &information, size) == size else { return nil }
        return Int32(truncatingIfNeeded: information.ssi_signo)
    }

    private static var handledSet: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in handled { sigaddset(&set, number) }
        return set
    }
}
