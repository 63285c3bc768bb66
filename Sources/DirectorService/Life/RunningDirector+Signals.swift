import CheckIO
import Director
import Glibc

extension RunningDirector {
    /// Does what a signal asks for.
    func handle(signal: Int32) {
        switch signal {
        case SIGHUP:
            log.write("Reloading Linux Director Daemon config on signal")
            perform(life.wantLoad(.request))
        case SIGUSR1: dump()
        case SIGINT: stop("on signal: INT")
        case SIGQUIT: stop("on signal: QUIT")
        case SIGTERM: stop("on signal: TERM")
        case SIGCHLD: ChildProcess.waitForStrangers(on: loop)
        default: break
        }
    }

    /// Writes everything that the director believes to the log.
    private func dump() {
        guard let status = director?.status else {
            log.write("status: the configuration is being read")
            return
        }
        log.write("status: \(status)")
        let lag = checks.lag / .milliseconds(1)
        log.write("checks: \(checks.inFlightCount) in flight, the latest started \(Int(lag)) ms late")
    }

    private func stop(_ reason: String) { perform(life.wantStop(reason, at: loop.now)) }
}
