import Console

extension ProgramOutput {
    /// Makes the output of the program that was called by that name on a machine.
    convenience init(program: String, host: any Host) {
        self.init(program: program, output: host.output, errors: host.errors)
    }
}
