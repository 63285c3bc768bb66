import Addresses

/// Finds the servers of a pool by the endpoint that they have in one of its services.
///
/// Servers whose packets are not translated have the port of the service and may share an endpoint.
struct EndpointIndex: Sendable {
    private var firsts: [Endpoint: Int] = [:]
    /// All servers of the endpoints that several share.
    private var shared: [Endpoint: [Int]] = [:]

    /// Makes an index of servers in their order.
    init(_ endpoints: some Collection<Endpoint>) {
        firsts.reserveCapacity(endpoints.count)
        for (server, endpoint) in endpoints.enumerated() {
            guard let first = firsts[endpoint] else {
                firsts[endpoint] = server
                continue
            }
            shared[endpoint, default: [first]].append(server)
        }
    }

    /// The first server at an endpoint that fulfils a condition.
    func first(at endpoint: Endpoint, where isWanted: (Int) -> Bool) -> Int? {
        guard let first = firsts[endpoint] else { return nil }
        if isWanted(first) { return first }
        return shared.isEmpty ? nil : shared[endpoint]?.first(where: isWanted)
    }

    /// The first server at an endpoint.
    func first(at endpoint: Endpoint) -> Int? { firsts[endpoint] }

    /// All servers at an endpoint in their order.
    func all(at endpoint: Endpoint) -> [Int] {
        shared[endpoint] ?? firsts[endpoint].map { [$0] } ?? []
    }
}
