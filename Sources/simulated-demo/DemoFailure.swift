import Console
import System

/// Why the demo ended early.
enum DemoFailure: Error, Equatable {
    /// A command ended with another exit status than it should.
    case status(Int32, expected: Int32, of: String)
    /// New connections would go to other servers than they should.
    case servers([String], expected: [String])
    /// The restored table is not the saved one.
    case notRestored
    /// A configuration was read otherwise than it should.
    case configuration
    /// What the demo shows could not be written.
    case unwritable(SystemFailure)

    var message: String {
        switch self {
        case .status(let status, let expected, let command):
            "\(command): exit status \(status), expected \(expected)"
        case .servers(let servers, let expected):
            "new connections would go to \(servers), expected \(expected)"
        case .notRestored: "the table is not the saved one"
        case .configuration: "the configuration was not read as it should"
        case .unwritable(let error): error.message
        }
    }
}
