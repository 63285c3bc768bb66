import Addresses
import Configuration
import IPVS

/// The answers to a file's questions, with those of before to fall back on.
struct NameAnswers: Sendable {
    private let answers: [NameQuestion: NameAnswer]
    /// The answers that were in effect until now.
    private let previous: [NameQuestion: NameAnswer]
    /// Whether what needs a name without an answer is left out, instead of being an error.
    let leavesOut: Bool

    /// The answers that were used.
    private(set) var inEffect: [NameQuestion: NameAnswer] = [:]
    /// The questions without an answer of now.
    private(set) var unresolved: Set<NameQuestion> = []

    init(answers: [NameQuestion: NameAnswer], unresolved: UnresolvedNames) {
        self.answers = answers
        switch unresolved {
        case .refuse: (previous, leavesOut) = ([:], false)
        case .leaveOut: (previous, leavesOut) = ([:], true)
        case .keep(let answers): (previous, leavesOut) = (answers, true)
        }
    }

    /// The value that a name has now, the one it had before, or none.
    enum Outcome<Value> {
        case found(Value)
        /// The value is that of before; why there is none of now.
        case kept(Value, reason: String)
        case missing(reason: String)
    }

    mutating func address(of host: HostReference, _ family: AddressFamily) -> Outcome<IPAddress> {
        switch host {
        case .address(let address): .found(address)
        case .name(let name):
            value(of: .host(name, family)) {
                guard case .address(let address) = $0, address.family == family else { return nil }
                return address
            }
        }
    }

    mutating func port(of port: PortReference, _ transport: TransportProtocol?) -> Outcome<UInt16> {
        switch port {
        case .number(let number): .found(number)
        case .service(let name):
            value(of: .service(name, transport)) {
                guard case .port(let port) = $0 else { return nil }
                return port
            }
        }
    }

    private mutating func value<Value>(
        of question: NameQuestion,
        _ extract: (NameAnswer) -> Value?
    ) -> Outcome<Value> {
        var reason = "its name was not looked up"
        if let answer = answers[question] {
            if let value = extract(answer) {
                inEffect[question] = answer
                return .found(value)
            }
            if case .unresolved(let why) = answer { reason = why }
        }
        unresolved.insert(question)
        guard let answer = previous[question], let value = extract(answer) else { return .missing(reason: reason) }
        inEffect[question] = answer
        return .kept(value, reason: reason)
    }
}
