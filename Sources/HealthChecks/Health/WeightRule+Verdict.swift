package import Configuration
package import Dialogues

extension WeightRule {
    /// A result as this rule has it: what a file says can be that a server is down, which the file does not know.
    package func judged(_ result: CheckResult) -> CheckResult {
        guard case .file(let number) = result.layer, result.verdict == .up, isDown(by: number) else { return result }
        var result = result
        result.verdict = .down
        return result
    }

    /// Whether the number of a file takes the server out.
    private func isDown(by number: Int32) -> Bool {
        switch self {
        case .none, .exitStatus: false
        case .share(let perUnit): Int64(number) * Int64(perUnit) <= Int64(Int32.min)
        case .gate(let opensAtZero): (number == 0) != opensAtZero
        }
    }
}
