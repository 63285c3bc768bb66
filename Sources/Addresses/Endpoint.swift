/// An address with a port of a transport protocol.
public struct Endpoint: Hashable, Sendable {
    /// The address, of either family.
    public let address: IPAddress
    /// The port in host byte order; 0 stands for every port.
    public let port: UInt16

    /// Makes an endpoint of an address and a port in host byte order.
    public init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }
}

extension Endpoint: Comparable {
    /// Orders by address, then by port.
    public static func < (left: Endpoint, right: Endpoint) -> Bool {
        left.address == right.address ? left.port < right.port : left.address < right.address
    }
}

extension Endpoint: CustomStringConvertible {
    /// `10.0.0.1:80` or `[2001:db8::1]:80`.
    public var description: String {
        switch address {
        case .v4(let address): "\(address):\(port)"
        case .v6(let address): "[\(address)]:\(port)"
        }
    }
}
