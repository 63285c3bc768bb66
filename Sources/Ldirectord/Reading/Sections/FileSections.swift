import Addresses
import Configuration
import IPVS

/// A file taken apart: values are read, names are not yet resolved, nothing is inherited.
struct FileSections: Sendable {
    var global = GlobalSection()
    var virtuals: [VirtualSection] = []

    /// The folders that the file needs.
    var folders: [NamedFolder] { Array(global.folders.values) + virtuals.compactMap(\.monitorFolder) }

    /// Every name that stands in it.
    var questions: Set<NameQuestion> {
        var questions: Set<NameQuestion> = []
        for (family, fallback) in global.fallbacks {
            fallback.host.question(family).map { _ = questions.insert($0) }
            for transport in [TransportProtocol.tcp, .udp] {
                fallback.port?.question(transport).map { _ = questions.insert($0) }
            }
        }
        for virtual in virtuals { virtual.addQuestions(to: &questions) }
        return questions
    }
}

/// The directives outside of every virtual server.
struct GlobalSection: Sendable {
    var shared = SharedDirectives()
    var fallbacks: [AddressFamily: FallbackEntry] = [:]
    var reloadsOnChange: Bool?
    var changeCommand: String?
    var changeCommandPlace: Place?
    var log: LogDestination?
    var companions: [String] = []
    var isSupervised: Bool?
    var isForking: Bool?
    var addsQuiescent: Bool?
    var mailSender: String?
    var maintenanceDirectory: String?
    /// The folders that are needed, by the directive that needs each.
    var folders: [String: NamedFolder] = [:]
}

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

/// A value, and where it stands, if it does.
struct Located<Value: Sendable>: Sendable {
    let value: Value
    let place: Place?

    init(_ value: Value, at place: Place? = nil) {
        self.value = value
        self.place = place
    }
}

/// A line `fallback`.
struct FallbackEntry: Sendable {
    let place: Place
    let host: HostReference
    let port: PortReference?
    let forwarding: ForwardingMethod
}

/// A line `real`, which stands for one server or a range of them.
struct RealEntry: Sendable {
    /// The whole value.
    let place: Place
    let host: HostReference
    let hostRange: Range<Int>
    var lastHost: HostReference?
    var lastHostRange: Range<Int>?
    var port: PortReference?
    var portRange: Range<Int>?
    var forwarding = ForwardingMethod.masquerade
    var weight: Int32 = 1
    var request: String?
    var receive: Located<String>?
    var lowerThreshold: UInt32 = 0
    var upperThreshold: UInt32 = 0
    var checkPort: UInt16?
    /// The URL that the request is, which then stands in the place of the server's.
    var url: AbsoluteURL?
}
