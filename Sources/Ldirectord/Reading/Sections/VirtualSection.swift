import Addresses
import Configuration
import IPVS

/// The block of one virtual server.
struct VirtualSection: Sendable {
    /// The address and port, or the firewall mark, that identifies it.
    enum Identity: Sendable {
        case endpoint(HostReference, PortReference)
        case mark(UInt32)
    }

    /// The value of `virtual` or `virtual6`.
    let place: Place
    let family: AddressFamily
    var identity: Identity?
    /// The protocol, given or by the port; nil for a mark.
    var transport: TransportProtocol?

    var shared = SharedDirectives()
    var reals: [RealEntry] = []
    var fallback: FallbackEntry?
    var checkType = Located(CheckType.negotiate)
    var service: Located<CheckedService>?
    var checkPort: UInt16?
    var checkCommand: String?
    var checkCommandPlace: Place?
    var request: Located<String>?
    var receive: Located<String>?
    var method = HTTPRequest.Method.get
    var statuses: HTTPStatusSet?
    var digest: [UInt8]?
    var virtualHost: String?
    var serverName: String?
    var startsTLS: Located<SessionTLS>?
    var loginMethods: Located<Set<LoginMethod>>?
    var login: String?
    var password: String?
    var database: String?
    var secret: String?
    var scheduler = Located("wrr")
    var schedulerFlags: Located<String>?
    var persistence: Located<Int>?
    var netmask: Located<Netmask>?
    var isOnePacket: Located<Bool>?
    var monitorFolder: NamedFolder?
    var monitorFile: String?
    var name: String?
    var comment: String?
    /// Where an interval of its own is given, which ldirectord ignores unless it forks.
    var intervalPlace: Place?

    init(at place: Place, family: AddressFamily) {
        self.place = place
        self.family = family
    }

    func addQuestions(to questions: inout Set<NameQuestion>) {
        if case .endpoint(let host, let port) = identity {
            host.question(family).map { _ = questions.insert($0) }
            port.question(transport).map { _ = questions.insert($0) }
        }
        for real in reals {
            real.host.question(family).map { _ = questions.insert($0) }
            real.lastHost?.question(family).map { _ = questions.insert($0) }
            real.port?.question(nil).map { _ = questions.insert($0) }
            real.url?.host.question(family).map { _ = questions.insert($0) }
        }
        if let fallback {
            fallback.host.question(family).map { _ = questions.insert($0) }
            fallback.port?.question(transport ?? .tcp).map { _ = questions.insert($0) }
        }
    }
}
