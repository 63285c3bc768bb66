/// A program whose exit status tells whether a server is healthy: checktypes `external` and `external-perl`.
package struct ExternalCheck: Hashable, Sendable {
    /// The path of the program.
    package var program: String
    /// Its arguments, `argv[1]` and on.
    package var arguments: [String]
    /// What is added to its environment: what must not be seen in a list of processes, such as a password.
    package var environment: [String: String] = [:]

    /// Makes a check by that program with those arguments.
    package init(program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }
}
