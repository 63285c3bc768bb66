/// A program that was run to its end.
public struct Program: Equatable, Sendable {
    /// Its exit status, or 128 and the number of the signal that ended it.
    public let status: Int32
    public let output: String
    public let errors: String

    public init(status: Int32, output: String = "", errors: String = "") {
        self.status = status
        self.output = output
        self.errors = errors
    }

    /// Runs a program in the namespace of the calling thread and waits for it.
    ///
    /// - Throws: `Namespace.Failure` when it cannot be started.
    public static func run(
        _ path: String,
        _ arguments: [String] = [],
        name: String? = nil,
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Program {
        try StartedProgram(path, arguments, name: name, input: input, environment: environment).finish()
    }
}
