import Director
import Glibc
import System
import Time

extension RunningDirector {
    /// Those that are waited for.
    static let signals: [Int32] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD]

    /// Does what a signal asks for.
    func handle(signal: Int32) {
        switch signal {
        case SIGHUP:
            log.tell(.reloadWanted)
            perform(life.wantLoad(.request))
        case SIGUSR1: dump()
        case SIGINT: stop("INT")
        case SIGQUIT: stop("QUIT")
        case SIGTERM: stop("TERM")
        case SIGCHLD: ChildProcess.waitForStrangers(on: loop)
        default: break
        }
    }

    /// Writes everything that the director believes to the log.
    private func dump() {
        let status = director?.status
        log.tell(.status(status))
        guard status != nil else { return }
        log.tell(.checks(inFlight: checks.inFlightCount, lag: Int(checks.lag / .milliseconds(1))))
    }

    private func stop(_ signal: String) { perform(life.wantStop(signal, at: loop.now)) }
}
