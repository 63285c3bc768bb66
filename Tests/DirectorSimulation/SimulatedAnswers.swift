import Configuration
import Dialogues

/// What one check of a server has answered, counted by the rules that a file states.
struct SimulatedAnswers {
    let check: ServerCheck
    private(set) var failures = 0
    private(set) var successes = 0
    private(set) var hasFailed = false
    /// Whether it failed as often as it may, and has not risen since.
    private(set) var isDead = false
    /// Whether it succeeded as often as it has to, and has not died since.
    private(set) var isAlive = false
    private(set) var isLastUp = false
    /// Whether it may be up: it succeeded and has not died since.
    private(set) var mayBeAlive = false
    /// Whether it may be down: the first failure of all is enough where the server was not found in service.
    var mayBeDead: Bool { isDead || hasFailed && !isAlive }

    init(_ check: ServerCheck) {
        self.check = check
        isDead = !asks
    }

    /// Whether anybody is asked at all.
    var asks: Bool { check.probe.method != .alwaysDown }

    /// Whether it is not asked, but tells by itself, once whenever its answer is another one.
    var isTold: Bool { if case .file = check.probe.method { true } else { false } }

    /// Whether a result says that the server may serve.
    func isGood(_ result: CheckResult) -> Bool { Self.isGood(result, by: check.weightRule) }

    /// Whether a result says that the server may serve, by the rule of its check.
    static func isGood(_ result: CheckResult, by rule: WeightRule) -> Bool {
        guard result.verdict == .up, case .file(let number) = result.layer else { return result.verdict == .up }
        return switch rule {
        case .gate(let opensAtZero): (number == 0) == opensAtZero
        case .share(let perUnit): Int(number) * Int(perUnit) > Int(Int32.min)
        case .none, .exitStatus: true
        }
    }

    /// Whether nothing that it answered speaks against more weight.
    var allowsRise: Bool { isAlive || isLastUp && !isDead }

    mutating func count(_ result: CheckResult) {
        isLastUp = isGood(result)
        if isLastUp {
            failures = 0
            successes += 1
            mayBeAlive = true
            if !hasFailed || successes >= check.riseCount { (isAlive, isDead) = (true, false) }
        } else {
            hasFailed = true
            successes = 0
            failures += 1
            if failures >= check.failureCount { (isAlive, mayBeAlive, isDead) = (false, false, true) }
        }
    }

    /// The same answers to a check that another configuration has in its place.
    func goingOn(as new: ServerCheck, isCertain: Bool) -> SimulatedAnswers {
        var answers = SimulatedAnswers(new)
        guard asks, answers.asks else { return answers }
        (answers.failures, answers.successes, answers.hasFailed) = (failures, successes, hasFailed)
        (answers.isDead, answers.isAlive, answers.isLastUp) = (isDead, isAlive, isLastUp)
        answers.mayBeAlive = mayBeAlive
        if !isCertain { answers.isAlive = false }
        return answers
    }
}
