import CLinux
import Configuration
import Director
import Glibc
import System
import Time

extension RunningDirector {
    /// Those that are waited for.
    static let signals: [Int32] = [
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD, documentSignal, clearingSignal,
    ]
    /// Those that keepalived has beyond the usual ones: SIGRTMIN+2 and SIGRTMAX-1.
    private static let documentSignal = clinux_realtime_signal(2)
    private static let clearingSignal = clinux_realtime_signal(-1)

    /// Does what a signal asks for.
    func handle(signal: Int32) {
        switch signal {
        case SIGHUP:
            log.tell(.reloadWanted)
            perform(life.wantLoad(.request))
        case SIGUSR1:
            tellState()
            writeRouters()
        case SIGUSR2: writeCounters()
        case Self.documentSignal: writeDocument()
        case Self.clearingSignal: failover?.clearCounters()
        case SIGINT: stop("INT")
        case SIGQUIT: stop("QUIT")
        case SIGTERM: stop("TERM")
        case SIGCHLD: ChildProcess.waitForStrangers(on: loop)
        default: break
        }
    }

    /// Writes out everything that the director believes, to files where the language has a form for it, else to the log.
    private func tellState() {
        if let stateWriter, let director { return write(director.states, stateWriter) }
        let status = director?.status
        log.tell(.status(status))
        guard status != nil else { return }
        log.tell(.checks(inFlight: checks.inFlightCount, lag: Int(checks.lag / .milliseconds(1))))
    }

    /// Has files of the state written by another thread, for the eyes of their owner.
    private func write(_ states: [PoolState], _ writer: any StateWriter) {
        log.tell(.stateWanted(process: getpid()))
        let names = StateFileNames(
            director?.configuration.process.stateFile,
            folder: environment.temporaryFolder,
            suffix: options.stateFileSuffix
        )
        Background.begin(on: loop) {
            writer.files(of: states).compactMap { file -> String? in
                let path = names.path(of: file)
                do throws(SystemFailure) {
                    // A link of that name is replaced, and not followed.
                    try ReplacedFile.put(file.text, at: path, mode: 0o600)
                    return nil
                } catch {
                    return "\(path): \(error)"
                }
            }
        } then: { [log] failures in
            for failure in failures ?? ["no thread could be had to write the state"] { log.write(failure) }
        }
    }

    /// Writes all of the configuration to the log.
    func tellConfiguration() {
        guard let stateWriter, let director else { return }
        for file in stateWriter.files(of: director.states).suffix(1) { log.write(file.text) }
    }

    private func stop(_ signal: String) {
        // Whoever signals all processes of a name reaches this one and the one above it, which hands the signal on.
        if options.hasRouters, let last = stopMoment, loop.now - last < .seconds(1) { return }
        stopMoment = loop.now
        log.tell(.stopWanted)
        perform(life.wantStop(signal, at: loop.now))
    }
}
