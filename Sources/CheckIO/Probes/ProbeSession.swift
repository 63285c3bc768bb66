import Dialogues
import System

/// One check while it is carried out; it has a slot of its runner, and tells it the verdict.
///
/// After a verdict or `abandon` it has nothing open and nothing set.
protocol ProbeSession: AnyObject {
    /// Does the first step.
    func begin()

    /// Something happened on a descriptor, which may have been closed since: its generation tells.
    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness)

    /// Reads on, after it was put off by `readLater`.
    func readOn()

    /// The moment that was asked for by `wake` has come.
    func wakened()

    /// Ends without a verdict.
    func abandon()

    /// What it means that the time is over now.
    var lateness: (layer: CheckLayer, text: String) { get }

    /// The verdict where the time is over now.
    var lateVerdict: CheckResult.Verdict { get }
}

extension ProbeSession {
    func readOn() {}
    var lateVerdict: CheckResult.Verdict { .down }
}
