public import Addresses

/// What makes a virtual service itself: two services with the same key are one.
public enum ServiceKey: Hashable, Sendable {
    /// Packets of a protocol to a virtual address and port; port 0 takes the packets to every port.
    case endpoint(TransportProtocol, Endpoint)
    /// Packets of a family that the firewall marked with a number, 1 or more: `IPVS_SVC_ATTR_FWMARK`.
    case mark(UInt32, AddressFamily)

    /// The family of the packets: `IPVS_SVC_ATTR_AF`.
    public var family: AddressFamily {
        switch self {
        case .endpoint(_, let endpoint): endpoint.address.family
        case .mark(_, let family): family
        }
    }

    /// The virtual port; 0 for a mark.
    public var port: UInt16 {
        switch self {
        case .endpoint(_, let endpoint): endpoint.port
        case .mark: 0
        }
    }

    /// The protocol; nil for a mark, which covers all of them.
    public var transport: TransportProtocol? {
        switch self {
        case .endpoint(let transport, _): transport
        case .mark: nil
        }
    }
}

extension ServiceKey: Comparable {
    /// Addresses by family, protocol, address and port, and after them marks by number and family.
    public static func < (left: ServiceKey, right: ServiceKey) -> Bool {
        switch (left, right) {
        case (.endpoint(let leftTransport, let leftEndpoint), .endpoint(let rightTransport, let rightEndpoint)):
            if left.family != right.family { return left.family < right.family }
            return leftTransport == rightTransport ? leftEndpoint < rightEndpoint : leftTransport < rightTransport
        case (.mark(let leftMark, let leftFamily), .mark(let rightMark, let rightFamily)):
            return leftMark == rightMark ? leftFamily < rightFamily : leftMark < rightMark
        case (.endpoint, .mark): return true
        case (.mark, .endpoint): return false
        }
    }
}
