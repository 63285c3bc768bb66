/// A program to run: which, with what, and what becomes of its output.
package struct ProgramCommand: Hashable, Sendable {
    /// What becomes of what the program writes to its standard output and errors.
    package enum Output: Hashable, Sendable {
        /// It goes to `/dev/null`.
        case discarded
        /// The first bytes of each are kept, so many at most; the rest is read and thrown away.
        case captured(limit: Int)
        /// It goes where the errors of this process go.
        case inherited
    }

    /// A user and a group by their numbers, and no other group.
    package struct Account: Hashable, Sendable {
        package var user: UInt32
        package var group: UInt32

        /// Makes an account of numbers.
        package init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }
    }

    /// The bytes of each stream that suffice for its first line.
    package static let firstLine = Output.captured(limit: 4_096)

    /// The program as `execvp` takes it: a path, or a name without a slash that is looked for in `PATH`.
    ///
    /// A file that the kernel calls no program is given to `/bin/sh`.
    package var program: String
    /// `argv[1]` and on.
    package var arguments: [String]
    /// What the program reads as its standard input; nil is `/dev/null`.
    package var input: [UInt8]?
    /// What becomes of its output.
    package var output: Output
    /// What its environment has beside the director's own, or in its place.
    package var environment: [String: String]
    /// Who it runs as; nil for who this process is.
    package var account: Account?
    /// The same by names, which are looked up when it is started; it counts where it is given.
    package var owner: ProgramOwner?
    /// The programs for which it is not started as root where others than root could change one of them.
    package var guarded: Set<String> = []
    /// Whether it finds nothing of this process around it: it begins in the root folder, new files of it lose the bits 022
    /// of their modes, and it has none of the variables that are for this process alone.
    package var isDetached = false

    /// Makes a command; without further arguments it reads nothing and its output is discarded.
    package init(
        program: String,
        arguments: [String] = [],
        input: [UInt8]? = nil,
        output: Output = .discarded,
        environment: [String: String] = [:]
    ) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.output = output
        self.environment = environment
    }
}
