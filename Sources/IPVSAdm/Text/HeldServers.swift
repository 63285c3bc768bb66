import Addresses
import IPVS

/// Servers that take up little memory until they are needed again.
///
/// Of a long listing the first touch of each page of memory costs more than reading and writing what fits the page.
struct HeldServers {
    /// What there is to say of most servers: they have an IPv4 address, and no thresholds or tunnel of their own.
    private struct Plain {
        var address: UInt32
        var port: UInt16
        /// The method of forwarding, or that the server is another one, whose place is in `address`.
        var forwarding: UInt16
        var weight: Int32
        var activeConnections: UInt32
        var inactiveConnections: UInt32

        static let another = UInt16.max

        /// Nil for a server of which there is more to say.
        init?(_ status: DestinationStatus) {
            let destination = status.destination
            guard case .v4(let address) = destination.endpoint.address, status.persistentConnections == 0,
                destination.upperThreshold == 0, destination.lowerThreshold == 0, destination.tunnel == .ipip,
                let forwarding = UInt16(exactly: destination.forwarding.rawValue), forwarding != Self.another
            else { return nil }
            self.address = address.value
            port = destination.endpoint.port
            self.forwarding = forwarding
            weight = destination.weight
            activeConnections = status.activeConnections
            inactiveConnections = status.inactiveConnections
        }

        init(another place: Int) {
            address = UInt32(truncatingIfNeeded: place)
            port = 0
            forwarding = Self.another
            weight = 0
            activeConnections = 0
            inactiveConnections = 0
        }

        var status: DestinationStatus {
            DestinationStatus(
                destination: Destination(
                    endpoint: Endpoint(address: .v4(IPv4Address(value: address)), port: port),
                    forwarding: ForwardingMethod(rawValue: UInt32(forwarding)),
                    weight: weight
                ),
                activeConnections: activeConnections,
                inactiveConnections: inactiveConnections
            )
        }
    }

    /// All that there is to say of any server, but for its counters.
    private struct Another {
        let destination: Destination
        let activeConnections: UInt32
        let inactiveConnections: UInt32
        let persistentConnections: UInt32

        init(_ status: DestinationStatus) {
            destination = status.destination
            activeConnections = status.activeConnections
            inactiveConnections = status.inactiveConnections
            persistentConnections = status.persistentConnections
        }

        var status: DestinationStatus {
            DestinationStatus(
                destination: destination,
                activeConnections: activeConnections,
                inactiveConnections: inactiveConnections,
                persistentConnections: persistentConnections
            )
        }
    }

    private let hasStatistics: Bool
    private var plain = Pieces<Plain>()
    private var others = Pieces<Another>()
    /// The counters of all servers, when they are wanted.
    private var statistics = Pieces<Statistics>()

    /// Holds nothing yet; of what comes, the counters are kept or forgotten.
    init(hasStatistics: Bool) {
        self.hasStatistics = hasStatistics
    }

    /// Takes the servers of a service and returns their places.
    mutating func append(_ servers: [DestinationStatus]) -> Range<Int> {
        let start = plain.count
        for server in servers {
            if let server = Plain(server) {
                plain.append(server)
            } else {
                plain.append(Plain(another: others.count))
                others.append(Another(server))
            }
            if hasStatistics { statistics.append(server.statistics) }
        }
        return start..<plain.count
    }

    /// The server at a place.
    subscript(place: Int) -> DestinationStatus {
        let held = plain[place]
        var status = held.forwarding == Plain.another ? others[Int(held.address)].status : held.status
        if hasStatistics { status.statistics = statistics[place] }
        return status
    }
}

/// A list that grows without being copied.
private struct Pieces<Element> {
    private static var length: Int { 1024 }
    private var pieces: [[Element]] = []
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count % Self.length == 0 {
            pieces.append([])
            pieces[pieces.count - 1].reserveCapacity(Self.length)
        }
        pieces[pieces.count - 1].append(element)
        count += 1
    }

    subscript(index: Int) -> Element { pieces[index / Self.length][index % Self.length] }
}
