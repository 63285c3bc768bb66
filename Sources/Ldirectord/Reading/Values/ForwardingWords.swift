import IPVS

/// The words for ways of forwarding.
enum ForwardingWords {
    static let refusal = "forward method must be gate, masq or ipip"

    static func method(_ word: String) -> ForwardingMethod? {
        switch word {
        case "gate": .directRoute
        case "masq": .masquerade
        case "ipip": .tunnel
        default: nil
        }
    }

    static func word(_ method: ForwardingMethod) -> String {
        switch method {
        case .masquerade: "masq"
        case .tunnel: "ipip"
        default: "gate"
        }
    }
}
