import Configuration
import Glibc
import HealthChecks

/// The exit status of a program; one that is not done in time is told to end, and its end not awaited.
final class ExternalProbe: RunningProbe {
    private unowned let runner: CheckRunner
    private let slot: UInt32
    private let check: ExternalCheck
    private let timeout: Duration
    private var child: ChildProcess?

    init(_ runner: CheckRunner, slot: UInt32, check: ExternalCheck, timeout: Duration) {
        self.runner = runner
        self.slot = slot
        self.check = check
        self.timeout = timeout
    }

    func begin() {
        guard runner.programsLeft < CheckRunner.programLimit else {
            let text = "\(runner.programsLeft) programs of earlier checks have not ended"
            return runner.finish(slot, .down, .director(.limit), text: text)
        }
        let command = ProgramCommand(
            program: check.program,
            arguments: check.arguments,
            environment: check.environment
        )
        do throws(SystemFailure) {
            child = try runner.startProgram(command) { [weak self] in self?.hasEnded($0) }
        } catch {
            let layer: CheckLayer = error.isExhaustion ? .director(.limit) : .program(.systemError(error.number))
            runner.finish(slot, .down, layer, text: "\(check.program): \(error.message)")
        }
    }

    private func hasEnded(_ outcome: ProgramOutcome) {
        guard child != nil else { return }
        child = nil
        switch outcome.end {
        case .exited(0):
            runner.finish(slot, .up, .program(.passed), text: "exit status 0")
        case .exited(let status):
            runner.finish(slot, .down, .program(.exit(status)), text: "exit status \(status)")
        case .signalled(let number):
            runner.finish(slot, .down, .program(.signal(number)), text: "ended by signal \(number)")
        case .untold:
            runner.finish(slot, .down, .director(.systemError(ECHILD)), text: "how the program ended cannot be told")
        }
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {}

    func wakened() {}

    func abandon() {
        let child = child
        self.child = nil
        child?.terminate()
    }

    var lateness: (layer: CheckLayer, text: String) {
        (.program(.timeout), "the program did not end within \(timeout.shortText)")
    }
}
