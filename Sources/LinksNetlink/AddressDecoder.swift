import Addresses
import CNetlink
import Links
import Netlink

/// Reads `RTM_NEWADDR` and `RTM_DELADDR`.
enum AddressDecoder {
    /// An address, its interface called by the name that `names` has for the number; nil for one of another family.
    ///
    /// - Throws: `DecodingError` when the message cannot be read.
    static func address(
        _ contents: MessageContents,
        of bytes: RawSpan,
        names: [UInt32: String]
    ) throws(DecodingError) -> AddressState? {
        var cursor = AttributeCursor(try contents.attributes(behind: HeaderLength.address))
        let header = bytes.load(ifaddrmsg.self, at: contents.range.lowerBound)
        guard let family = AddressFamily(wire: header.ifa_family) else { return nil }
        guard header.ifa_prefixlen <= family.bits else {
            throw .unknown(of: "prefix length", UInt32(header.ifa_prefixlen))
        }
        var local: IPAddress?
        var other: IPAddress?
        var flags = UInt32(header.ifa_flags)
        var broadcast: IPAddress?
        var label: String?
        var lifetimes: ifa_cacheinfo?
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case AddressAttribute.local: local = try bytes.address(attribute, family)
            case AddressAttribute.address: other = try bytes.address(attribute, family)
            case AddressAttribute.flags: flags = try bytes.number(attribute)
            case AddressAttribute.broadcast: broadcast = try bytes.address(attribute, family)
            case AddressAttribute.label: label = bytes.text(attribute)
            case AddressAttribute.lifetimes:
                guard attribute.content.count >= MemoryLayout<ifa_cacheinfo>.size else {
                    throw .short(attribute: attribute.type)
                }
                lifetimes = bytes.load(ifa_cacheinfo.self, at: attribute.content.lowerBound)
            default: break
            }
        }
        guard let own = local ?? other else { throw .missing(attribute: AddressAttribute.address) }
        let name = names[header.ifa_index] ?? ""
        var address = LinkAddress(own, prefixLength: header.ifa_prefixlen, on: name, scope: header.ifa_scope)
        if let other, other != own { address.peer = other }
        if case .v4(let broadcast)? = broadcast { address.broadcast = broadcast }
        if label != name { address.label = label }
        address.options = LinkAddress.Options(wire: flags)
        address.preferredLifetime = lifetimes.flatMap { Self.seconds($0.ifa_prefered) }
        var state = AddressState(address, interface: header.ifa_index)
        // The same bit says of an address of IPv6 that it is a temporary one.
        state.isSecondary = family == .ipv4 && flags & AddressFlag.secondary != 0
        state.isTentative = flags & AddressFlag.tentative != 0
        state.isDuplicate = flags & AddressFlag.duplicate != 0
        state.lifetime = lifetimes.flatMap { Self.seconds($0.ifa_valid) }
        return state
    }

    /// A number of seconds; nil for no end.
    private static func seconds(_ number: UInt32) -> UInt32? { number == .max ? nil : number }
}

extension LinkAddress.Options {
    private static let pairs: [(LinkAddress.Options, UInt32)] = [
        (.skipsDuplicateDetection, AddressFlag.skipsDuplicateDetection),
        (.home, AddressFlag.home),
        (.managesTemporaries, AddressFlag.managesTemporaries),
        (.hasNoPrefixRoute, AddressFlag.hasNoPrefixRoute),
        (.joinsGroup, AddressFlag.joinsGroup),
    ]

    /// The options among the kernel's flags.
    init(wire flags: UInt32) {
        self = []
        for (option, flag) in Self.pairs where flags & flag != 0 { formUnion(option) }
    }

    /// The kernel's flags for them.
    var wire: UInt32 {
        Self.pairs.reduce(0) { contains($1.0) ? $0 | $1.1 : $0 }
    }
}
