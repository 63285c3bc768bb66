import CheckIO
import Director
import Glibc
import HealthChecks

extension RunningDirector {
    /// Acts on signals from here on; they must be blocked in every thread.
    ///
    /// - Throws: `SystemFailure` of `signalfd` or `epoll_ctl`.
    func handleSignals() throws(SystemFailure) {
        let signals = try SignalDescriptor()
        signalWatch = try loop.watch(signals.descriptor, for: .readable) { [unowned self] _ in
            while let number = signals.next() { handle(signal: number) }
        }
        self.signals = signals
    }

    /// Does what a signal asks for.
    func handle(signal: Int32) {
        switch signal {
        case SIGHUP:
            log.write("Reloading Linux Director Daemon config on signal")
            load()
        case SIGUSR1: dump()
        case SIGINT: stop("on signal: INT")
        case SIGQUIT: stop("on signal: QUIT")
        case SIGTERM: stop("on signal: TERM")
        case SIGCHLD: ChildProcess.waitForStrangers(on: loop)
        default: break
        }
    }

    /// Writes everything that the director believes to the log.
    func dump() {
        guard let status = director?.status else {
            log.write("status: the configuration is being read")
            return
        }
        log.write("status: \(status)")
        let lag = schedule.lag / .milliseconds(1)
        log.write("checks: \(schedule.inFlightCount) in flight, the latest started \(Int(lag)) ms late")
    }

    /// Leaves the kernel as it shall be left, and ends; the second time at once.
    func stop(_ reason: String) {
        switch life {
        case .reading, .awaitingTable:
            stopReason = reason
            surroundings.notifier?.stopping()
            // Whoever waits for the start is not told of one that never was.
            surroundings.startReport.tell(1)
            life = .lingering
        case .running:
            stopReason = reason
            surroundings.notifier?.stopping()
            life = .stopping
            status.phase = .stopping
            writeStatus()
            configurationWatch = nil
            maintenance = nil
            companions.stop()
            endTimer = loop.at(loop.now + Self.stopPatience) { [unowned self] in end(1) }
            perform(director?.stopping(at: loop.now) ?? [])
        case .stopping, .lingering: end(0)
        case .ended: break
        }
    }

    /// Gives what was begun a little time to end.
    func becomeStopped() {
        guard life == .stopping else { return }
        life = .lingering
        mails.sumUp()
        if let endTimer { loop.cancel(endTimer) }
        endTimer = loop.at(loop.now + Self.lingering) { [unowned self] in end(0) }
    }
}
