import CNetlink
import Links
import Netlink

/// Reads `RTM_NEWLINK` and `RTM_DELLINK`.
enum LinkDecoder {
    /// An interface; nil for a message about ports of bridges, which comes by the same types.
    ///
    /// - Throws: `DecodingError` when the message cannot be read.
    static func interface(_ contents: MessageContents, of bytes: RawSpan) throws(DecodingError) -> InterfaceState? {
        var cursor = AttributeCursor(try contents.attributes(behind: HeaderLength.link))
        let header = bytes.load(ifinfomsg.self, at: contents.range.lowerBound)
        guard header.ifi_family == UInt8(AF_UNSPEC) else { return nil }
        guard let index = UInt32(exactly: header.ifi_index), index > 0 else {
            throw .unknown(of: "interface", UInt32(bitPattern: header.ifi_index))
        }
        var state = InterfaceState(index: index, name: "", flags: .init(rawValue: header.ifi_flags))
        var isParentElsewhere = false
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case LinkAttribute.hardwareAddress: state.hardwareAddress = bytes.bytes(attribute, limit: 32)
            case LinkAttribute.name: state.name = bytes.text(attribute)
            case LinkAttribute.maximumPacket: state.maximumPacket = try bytes.number(attribute)
            case LinkAttribute.parent: state.parent = try bytes.number(attribute)
            case LinkAttribute.upper: state.upper = try bytes.number(attribute)
            case LinkAttribute.group: state.group = try bytes.number(attribute)
            case LinkAttribute.parentNamespace: isParentElsewhere = true
            case LinkAttribute.information: state.kind = try kind(in: attribute.content, of: bytes)
            case LinkAttribute.protocols: state.settings = try settings(in: attribute.content, of: bytes)
            default: break
            }
        }
        guard !state.name.isEmpty else { throw .missing(attribute: LinkAttribute.name) }
        // The number of an interface of another namespace says nothing here, and 0 is none.
        if isParentElsewhere || state.parent == 0 || state.parent == index { state.parent = nil }
        if state.upper == 0 { state.upper = nil }
        return state
    }

    private static func kind(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> InterfaceState.Kind? {
        var name: String?
        var data = range.upperBound..<range.upperBound
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case KindAttribute.name: name = bytes.text(attribute)
            case KindAttribute.data: data = attribute.content
            default: break
            }
        }
        switch name {
        case nil: return nil
        case "macvlan"?: return try macvlan(in: data, of: bytes)
        case "ipvlan"?: return try ipvlan(in: data, of: bytes)
        case "vrf"?: return try routingDomain(in: data, of: bytes)
        case let name?: return .other(name)
        }
    }

    private static func macvlan(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> InterfaceState.Kind {
        var mode: UInt32 = 0
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            if attribute.type == KindAttribute.macvlanMode { mode = try bytes.number(attribute) }
        }
        return .macvlan(isPrivate: mode == KindAttribute.privateMacvlan)
    }

    private static func ipvlan(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> InterfaceState.Kind {
        var mode: UInt16?
        var flags: UInt16 = 0
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case KindAttribute.ipvlanMode: mode = try bytes.number(attribute)
            case KindAttribute.ipvlanFlags: flags = try bytes.number(attribute)
            default: break
            }
        }
        let sight: MadeLink.IpvlanMode =
            flags & KindAttribute.isolatedIpvlan != 0
            ? .isolated : flags & KindAttribute.vepaIpvlan != 0 ? .vepa : .bridge
        return .ipvlan(isLinkLayer: mode == KindAttribute.linkLayerIpvlan, sight)
    }

    private static func routingDomain(
        in range: Range<Int>,
        of bytes: RawSpan
    ) throws(DecodingError) -> InterfaceState.Kind {
        var table: UInt32 = 0
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            if attribute.type == KindAttribute.routingTable { table = try bytes.number(attribute) }
        }
        return .routingDomain(table: table)
    }

    /// The settings of both families, as far as they have names here.
    private static func settings(
        in range: Range<Int>,
        of bytes: RawSpan
    ) throws(DecodingError) -> [InterfaceSetting.Kind: UInt32] {
        var settings: [InterfaceSetting.Kind: UInt32] = [:]
        var families = AttributeCursor(range)
        while let family = try families.next(in: bytes) {
            guard [UInt16(AF_INET), UInt16(AF_INET6)].contains(family.type) else { continue }
            let isOld = family.type == UInt16(AF_INET)
            var cursor = AttributeCursor(family.content)
            while let attribute = try cursor.next(in: bytes) {
                switch (isOld, attribute.type) {
                case (true, ProtocolAttribute.values4), (false, ProtocolAttribute.values6):
                    for kind in InterfaceSetting.Kind.allCases {
                        guard let place = isOld ? kind.place4 : kind.place6 else { continue }
                        let offset = attribute.content.lowerBound + place * 4
                        guard offset + 4 <= attribute.content.upperBound else { continue }
                        settings[kind] = bytes.load(UInt32.self, at: offset)
                    }
                case (false, ProtocolAttribute.addressGeneration):
                    settings[.addressGeneration] = UInt32(try bytes.number(attribute, UInt8.self))
                default: break
                }
            }
        }
        return settings
    }
}
