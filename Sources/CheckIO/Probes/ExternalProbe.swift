import Configuration
import Dialogues
import Glibc
import System
import Time

/// The exit status of a program; one that is not done in time is told to end, and its end not awaited.
final class ExternalProbe: ProbeSession {
    private unowned let runner: ProbeRunner
    private let slot: UInt32
    private let check: ExternalCheck
    private let timeout: Duration
    private var child: ChildProcess?

    init(_ runner: ProbeRunner, slot: UInt32, check: ExternalCheck, timeout: Duration) {
        self.runner = runner
        self.slot = slot
        self.check = check
        self.timeout = timeout
    }

    func begin() {
        guard runner.programsLeft < ProbeRunner.programLimit else {
            let text = "\(runner.programsLeft) programs of earlier checks have not ended"
            return runner.finish(slot, .down, .director(.processes), text: text)
        }
        let command = check.command
        child = runner.startProgram(command, grace: check.grace) { [weak self] in self?.hasEnded($0) }
    }

    private func hasEnded(_ result: Result<ProgramOutcome, StartFailure>) {
        guard child != nil else { return }
        child = nil
        switch result {
        case .success(let outcome): hasEnded(outcome)
        case .failure(let failure): wasNotStarted(failure)
        }
    }

    private func hasEnded(_ outcome: ProgramOutcome) {
        let words = check.withoutSecrets(outcome.words)
        switch outcome.end {
        case .exited(let status):
            let verdict: CheckResult.Verdict = check.failingStatuses.contains(status) ? .down : .up
            let layer = CheckLayer.program(status == 0 ? .passed : .exit(status))
            runner.finish(slot, verdict, layer, text: words ?? "exit status \(status)")
        case .signalled(let number):
            runner.finish(slot, .down, .program(.signal(number)), text: words ?? "ended by signal \(number)")
        case .untold:
            runner.finish(slot, .down, .director(.systemError(ECHILD)), text: "how the program ended cannot be told")
        }
    }

    private func wasNotStarted(_ failure: StartFailure) {
        let layer: CheckLayer
        switch failure {
        case .refused(let number, _): layer = .program(.systemError(number))
        case .noProcess: layer = .director(.processes)
        case .noMeans(let cause): layer = .director(cause.isExhaustion ? .limit : .systemError(cause.number))
        case .standstill, .withdrawn: layer = .program(.timeout)
        }
        runner.finish(slot, .down, layer, text: "\(check.program): \(failure.message)")
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {}

    func wakened() {}

    func abandon() {
        let child = child
        self.child = nil
        child?.terminate()
    }

    var lateness: (layer: CheckLayer, text: String) {
        let trouble = child?.isRunning == false ? "could not be loaded" : "did not end"
        return (.program(.timeout), "the program \(trouble) within \(timeout.shortText)")
    }
}
