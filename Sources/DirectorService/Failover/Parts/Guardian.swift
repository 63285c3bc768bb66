import CLinux
import Glibc
import System
import Time

/// The process above a director that has virtual routers: it starts the director again whenever that dies, and hands on the signals that
/// it gets.
///
/// It does nothing else, so that nothing ends it. The director and the routers outlive it.
enum Guardian {
    /// Which of the two processes this is.
    enum Side {
        /// The director.
        case director
        /// The guardian, whose director has ended for good with that status.
        case ended(Int32)
    }

    /// Those that are handed on.
    private static var signals: [Int32] {
        [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, clinux_realtime_signal(2), clinux_realtime_signal(-1)]
    }

    /// Parts the director from its guardian, as often as it dies.
    ///
    /// To be called in a process of one thread whose signals are blocked.
    ///
    /// - Parameters:
    ///   - report: how the start of the director is told, which is left to the director.
    ///   - isDaemon: whether the guardian has nothing to do with the terminal.
    /// - Throws: `SystemFailure` of the first `fork`.
    static func part(_ report: StartReport, isDaemon: Bool) throws(SystemFailure) -> Side {
        var pace = RespawnPace()
        pace.began(at: EventLoop.clock)
        let first = fork()
        guard first >= 0 else { throw .last("fork") }
        guard first != 0 else { return .director }
        report.leave(closesStreams: isDaemon)
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals + [SIGCHLD] { sigaddset(&set, number) }
        sigprocmask(SIG_BLOCK, &set, nil)
        var child = first
        var isStopping = false
        var isFirst = true
        while true {
            let signal = sigwaitinfo(&set, nil)
            if signal > 0, signal != SIGCHLD {
                if [SIGINT, SIGQUIT, SIGTERM].contains(signal) { isStopping = true }
                kill(child, signal)
            }
            guard let end = ended(child) else { continue }
            switch end {
            case .exited(let status) where isStopping || status == 0 || isFirst && !pace.isSound(at: EventLoop.clock):
                return .ended(status)
            case .exited, .signalled: break
            }
            if isStopping { return .ended(1) }
            isFirst = false
            guard let next = start(&pace, waiting: set, &isStopping) else { return .ended(1) }
            if next == 0 { return .director }
            child = next
        }
    }

    private enum End {
        case exited(Int32)
        case signalled
    }

    /// How the director has ended; nil while it runs.
    ///
    /// Others that have ended are waited for as well.
    private static func ended(_ child: pid_t) -> End? {
        var end: End?
        while true {
            var status: Int32 = 0
            let process = waitpid(-1, &status, WNOHANG)
            if process < 0, errno == EINTR { continue }
            guard process > 0 else { return end }
            guard process == child else { continue }
            end = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled
        }
    }

    /// Starts the director again after its pause.
    ///
    /// - Returns: its process, 0 in that process, nil where it is to end meanwhile.
    private static func start(_ pace: inout RespawnPace, waiting set: sigset_t, _ isStopping: inout Bool) -> pid_t? {
        var pause = pace.pause(at: EventLoop.clock)
        while true {
            let end = EventLoop.clock + pause
            while EventLoop.clock < end {
                var set = set
                var time = timespec(end - EventLoop.clock)
                if [SIGINT, SIGQUIT, SIGTERM].contains(sigtimedwait(&set, nil, &time)) {
                    isStopping = true
                    return nil
                }
            }
            pace.began(at: EventLoop.clock)
            let process = fork()
            if process >= 0 { return process }
            pause = .seconds(1)
        }
    }
}

extension timespec {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    }
}
