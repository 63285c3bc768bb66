/// How servers are asked: `checktype`.
enum CheckType: Hashable, Sendable {
    case negotiate
    case connect
    case ping
    case on
    case off
    case external
    case externalPerl
    /// A negotiation, so many connections, and again.
    case combined(Int)

    init?(word: String) {
        switch word {
        case "negotiate": self = .negotiate
        case "connect": self = .connect
        case "ping": self = .ping
        case "on": self = .on
        case "off": self = .off
        case "external": self = .external
        case "external-perl": self = .externalPerl
        default: return nil
        }
    }

    /// The word, or the number, that stands for it.
    var word: String {
        switch self {
        case .negotiate: "negotiate"
        case .connect: "connect"
        case .ping: "ping"
        case .on: "on"
        case .off: "off"
        case .external: "external"
        case .externalPerl: "external-perl"
        case .combined(let connections): String(connections)
        }
    }

    static let refusal = """
        checktype must be "connect", "negotiate", "on", "off", "ping", "external", "external-perl" or a positive number
        """
}
