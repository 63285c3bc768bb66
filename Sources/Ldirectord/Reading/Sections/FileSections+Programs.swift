import Configuration

extension FileSections {
    /// The programs that are run, each with the place that names it.
    var programs: [(program: NamedProgram, place: Place)] {
        var programs: [(program: NamedProgram, place: Place)] = []
        if let callback = global.changeCommand, let place = global.changeCommandPlace {
            programs.append((NamedProgram(.program, callback), place))
        }
        for shared in [global.shared] + virtuals.map(\.shared) {
            guard let line = shared.fallbackCommand, let place = shared.fallbackCommandPlace,
                let program = ShellCommand(line).program
            else { continue }
            programs.append((NamedProgram(.program, program), place))
        }
        for virtual in virtuals {
            guard let command = virtual.checkCommand, let place = virtual.checkCommandPlace,
                let kind = virtual.checkCommandKind
            else { continue }
            programs.append((NamedProgram(kind, command), place))
        }
        return programs
    }
}

extension VirtualSection {
    /// The kind of program that its `checkcommand` is; nil where none is run.
    fileprivate var checkCommandKind: ExternalCheck.Kind? {
        switch checkType.value {
        case .external: .program
        case .externalPerl: .perlFile
        case .negotiate, .combined: service?.value == .oracle ? .program : nil
        case .connect, .ping, .on, .off: nil
        }
    }
}
