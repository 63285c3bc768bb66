import Addresses
import IPVS

/// The services and servers of a table that a missing one may have been mistaken for: those of the same address or mark.
struct Nearby {
    var services: [ServiceKey] = []
    var servers: [Endpoint] = []

    /// The most that are named.
    private static let limit = 8

    /// The services of the same address or mark; nil when there are none.
    func services(like key: ServiceKey) -> String? {
        let found = services.filter { isLike($0, key) }.sorted().map(Self.words)
        return Self.sentence("There is", found)
    }

    /// A sentence with the services of the same address or mark behind it.
    func adding(to sentence: String, servicesLike key: ServiceKey) -> String {
        services(like: key).map { "\(sentence) \($0)" } ?? sentence
    }

    /// A sentence with the servers of that address behind it.
    func adding(to sentence: String, serversAt address: IPAddress) -> String {
        let found = servers.filter { $0.address == address }.sorted().map { "-r \($0)" }
        return Self.sentence("There is", found).map { "\(sentence) \($0)" } ?? sentence
    }

    private func isLike(_ other: ServiceKey, _ key: ServiceKey) -> Bool {
        switch (other, key) {
        case (.endpoint(_, let other), .endpoint(_, let endpoint)): other.address == endpoint.address
        case (.mark(let other, _), .mark(let mark, _)): other == mark
        case (.endpoint, .mark), (.mark, .endpoint): false
        }
    }

    private static func words(_ key: ServiceKey) -> String {
        switch key {
        case .endpoint(.udp, let endpoint): "-u \(endpoint)"
        case .endpoint(.sctp, let endpoint): "--sctp-service \(endpoint)"
        case .endpoint(_, let endpoint): "-t \(endpoint)"
        case .mark(let mark, .ipv4): "-f \(mark)"
        case .mark(let mark, .ipv6): "-f \(mark) -6"
        }
    }

    private static func sentence(_ beginning: String, _ found: [String]) -> String? {
        guard !found.isEmpty else { return nil }
        let more = found.count > limit ? " and \(found.count - limit) more" : ""
        return "\(beginning) \(found.prefix(limit).joined(separator: ", "))\(more)."
    }
}
