import CLinux
import Glibc

/// Signals as something that a loop can wait for: `signalfd`.
package final class SignalDescriptor {
    private let signals: Descriptor

    /// Readable when a signal has arrived.
    package var descriptor: Int32 { signals.number }

    /// Keeps the signals from being delivered to this thread and those that it starts from now on.
    ///
    /// To be called before the first other thread is started; one that arrives from here on waits for the loop.
    package static func block(_ signals: [Int32]) {
        var set = self.set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        ChildProcess.keepEnds()
    }

    /// Waits for these signals, which `block` has been called with.
    ///
    /// - Throws: `SystemFailure` of `signalfd`.
    package init(_ signals: [Int32]) throws(SystemFailure) {
        var set = Self.set(of: signals)
        self.signals = try Descriptor(of: "signalfd", signalfd(-1, &set, O_CLOEXEC | O_NONBLOCK))
    }

    /// The next signal that has arrived; nil when there is none.
    package func next() -> Int32? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &information, size) == size else { return nil }
        return Int32(truncatingIfNeeded: information.ssi_signo)
    }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals { sigaddset(&set, number) }
        return set
    }
}
