import CheckIO
import Director
import System

extension DaemonLog {
    /// Tells how a command of the configuration ended that did not end well, and what it said in any case.
    func tell(of line: String, _ result: Result<ProgramOutcome, StartFailure>) {
        if let trouble = result.trouble {
            tell(.commandFailed(line: line, reason: trouble))
        } else if let words = result.words {
            tell(.commandSaid(line: line, words: words))
        }
    }
}
