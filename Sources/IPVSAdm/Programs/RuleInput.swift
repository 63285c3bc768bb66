import Console
import Rules
import System

/// The rules on standard input.
enum RuleInput {
    /// Reads them all.
    ///
    /// - Returns: nil after a complaint.
    static func read(from host: any Host, names: any NameService, console: ProgramOutput) -> RestoreScript? {
        do {
            return RestoreScript(RestoreInput(try host.readInput(), name: "<stdin>"), names: names)
        } catch {
            console.complain("\(console.program): read error: \(error.message)")
            return nil
        }
    }
}
