import Console

/// The programs `ipvsadm`, `ipvsadm-save` and `ipvsadm-restore`, which are one file under three names.
package enum IPVSAdmPrograms {
    /// Runs the program that is called by its first word.
    ///
    /// - Returns: its exit status.
    package static func run(arguments: [String], host: any Host) -> Int32 {
        let program = arguments.first ?? "ipvsadm"
        let words = Array(arguments.dropFirst())
        let console = ProgramOutput(program: program, host: host)
        let name = program.utf8.lastIndex(of: UInt8(ascii: "/")).map { program[program.index(after: $0)...] }
        let status: Int32 =
            switch name ?? program[...] {
            case "ipvsadm-save": SaveProgram(host: host, console: console).run(words)
            case "ipvsadm-restore": RestoreProgram(host: host, console: console).run(words)
            default: MainProgram(host: host, console: console).run(words)
            }
        return console.finish(status)
    }
}
