import Console
import IPVS
import Texts

extension ProgramOutput {
    /// Makes the output of the program that was called by that name on a machine.
    convenience init(program: String, host: any Host) {
        self.init(program: program, output: host.output, errors: host.errors)
    }

    /// Writes what `body` makes of each service, as long as somebody takes it.
    func write(_ table: HeldTable, _ body: (ServiceStatus, inout TextBuffer) -> Void) {
        table.forEach { status in
            guard isHeard else { return }
            body(status, &text)
            flushIfLarge()
        }
    }
}
