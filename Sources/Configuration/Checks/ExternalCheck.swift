/// A program whose exit status tells whether a server is healthy.
package struct ExternalCheck: Hashable, Sendable {
    /// What the program is.
    package enum Kind: Hashable, Sendable {
        /// A program as `execvp` starts it.
        case program
        /// A file of Perl, which is a subroutine of its arguments.
        case perlFile
    }

    /// What the program is.
    package var kind = Kind.program
    /// The path of the program or the file, or the name of a program that is looked for in `PATH`.
    package var program: String
    /// Its arguments, `argv[1]` and on.
    package var arguments: [String]
    /// The exit statuses, within 0...255, that are a failure; the others pass.
    package var failingStatuses: ClosedRange<Int> = 1...255
    /// What is added to its environment: what must not be seen in a list of processes, such as a password.
    package var environment: [String: String] = [:]
    /// Who it runs as; nil for the director's own user.
    package var user: ProgramUser?
    /// The time from the deadline, at which it and its process group are told to end, until they are ended.
    package var grace = Duration.seconds(1)
    /// What is not to be shown of what the program says; nil for nothing.
    package var secret: String?

    /// Makes a check by that program with those arguments.
    package init(_ kind: Kind = .program, program: String, arguments: [String]) {
        self.kind = kind
        self.program = program
        self.arguments = arguments
    }
}
