/// Where a check passed or failed: the layer of the network, and the kind of outcome there.
package enum CheckLayer: Hashable, Sendable {
    /// Nothing was asked: the server is up, down or in maintenance because the operator says so.
    case administrative
    /// `L3`: an ICMP echo.
    case echo(Outcome)
    /// `L4`: the connection, or the datagrams.
    case transport(Outcome)
    /// `L6`: TLS.
    case security(Outcome)
    /// `L7`: the dialogue.
    case dialogue(Outcome)
    /// A program.
    case program(Outcome)
    /// The number in a file.
    case file(Int32)
    /// The director itself could not ask; says nothing about the server.
    case director(Outcome)

    /// What happened in a layer.
    package enum Outcome: Hashable, Sendable {
        case passed
        case timeout
        case refused
        case unreachable
        case reset
        /// The peer ended the connection before the dialogue was over.
        case closed
        case certificate
        case handshake
        /// An answer with a status that is not a success, as its protocol numbers it.
        case status(Int)
        case mismatch
        /// Not the protocol that was expected.
        case malformed
        case authentication
        case exit(Int)
        case signal(Int)
        /// A bound of the director was reached: bytes, redirects, steps of a pattern.
        case limit
        /// There are no processes to be had, which only programs need.
        case processes
        /// The error number of a system call.
        case systemError(Int32)
    }
}

extension CheckLayer: CustomStringConvertible {
    /// `L4 refused`, `L7 status 503`, as logs and listings show it.
    package var description: String {
        switch self {
        case .administrative: "administrative"
        case .echo(let outcome): "L3 \(outcome)"
        case .transport(let outcome): "L4 \(outcome)"
        case .security(let outcome): "L6 \(outcome)"
        case .dialogue(let outcome): "L7 \(outcome)"
        case .program(let outcome): "program \(outcome)"
        case .file(let number): "file \(number)"
        case .director(let outcome): "director \(outcome)"
        }
    }
}

extension CheckLayer.Outcome: CustomStringConvertible {
    /// One or two words.
    package var description: String {
        switch self {
        case .passed: "ok"
        case .timeout: "timeout"
        case .refused: "refused"
        case .unreachable: "unreachable"
        case .reset: "reset"
        case .closed: "closed"
        case .certificate: "certificate"
        case .handshake: "handshake"
        case .status(let code): "status \(code)"
        case .mismatch: "no match"
        case .malformed: "malformed answer"
        case .authentication: "authentication"
        case .exit(let status): "exit \(status)"
        case .signal(let number): "signal \(number)"
        case .limit: "limit"
        case .processes: "limit of processes"
        case .systemError(let number): "error \(number)"
        }
    }
}
