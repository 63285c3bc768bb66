import Addresses
import CNetlink
import Links
import Netlink

/// Reads a way to go out of the attributes of a route, or of one of its hops.
struct HopReader {
    private let family: AddressFamily
    private let names: [UInt32: String]
    private var found = Route.Hop()
    private var isThere = false

    /// Begins with nothing read.
    ///
    /// - Parameters:
    ///   - names: The names of interfaces by their numbers.
    ///   - isOnLink: Whether the header says that the gateway is taken to be on the link.
    init(family: AddressFamily, names: [UInt32: String], isOnLink: Bool) {
        self.family = family
        self.names = names
        found.isOnLink = isOnLink
    }

    /// What was read; nil where nothing said where to go.
    var hop: Route.Hop? { isThere ? found : nil }

    /// Takes an attribute, if it is about where to go.
    mutating func read(_ attribute: Attribute, of bytes: RawSpan) throws(DecodingError) {
        switch attribute.type {
        case RouteAttribute.interface: found.interface = names[try bytes.number(attribute)] ?? ""
        case RouteAttribute.gateway: found.gateway = try bytes.address(attribute, family)
        case RouteAttribute.foreignGateway:
            let family: UInt16 = try bytes.number(attribute)
            guard let family = UInt8(exactly: family).flatMap({ AddressFamily(wire: $0) }) else { return }
            let rest = attribute.content.lowerBound + 2..<attribute.content.upperBound
            found.gateway = try bytes.address(family, in: rest, of: attribute.type)
        default: return
        }
        isThere = true
    }

    /// The hops of a route that has several: `struct rtnexthop`, each with attributes of its own.
    func hops(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> [Route.Hop] {
        var hops: [Route.Hop] = []
        var position = range.lowerBound
        while range.upperBound - position >= HeaderLength.hop {
            let header = bytes.load(rtnexthop.self, at: position)
            let length = Int(header.rtnh_len)
            guard length >= HeaderLength.hop, length <= range.upperBound - position else { throw .badLength }
            let isOnLink = UInt32(header.rtnh_flags) & RouteAttribute.onLink != 0
            var reader = HopReader(family: family, names: names, isOnLink: isOnLink)
            if let index = UInt32(exactly: header.rtnh_ifindex), index > 0 {
                reader.found.interface = names[index] ?? ""
            }
            var cursor = AttributeCursor(position + HeaderLength.hop..<position + length)
            while let attribute = try cursor.next(in: bytes) { try reader.read(attribute, of: bytes) }
            reader.found.weight = UInt16(header.rtnh_hops) + 1
            hops.append(reader.found)
            position += (length + 3) & ~3
        }
        return hops
    }
}
