import HealthChecks

/// A check whose verdict the operator has given: nothing is asked.
final class SettledProbe: RunningProbe {
    private unowned let runner: CheckRunner
    private let slot: UInt32
    private let verdict: CheckResult.Verdict

    init(_ runner: CheckRunner, slot: UInt32, _ verdict: CheckResult.Verdict) {
        self.runner = runner
        self.slot = slot
        self.verdict = verdict
    }

    func begin() {
        runner.finish(slot, verdict, .administrative, text: "")
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {}

    func wakened() {}

    func abandon() {}

    var lateness: (layer: CheckLayer, text: String) { (.administrative, "") }
}
