import Addresses
import CNetlink
import Links
import Netlink

/// Reads `RTM_NEWRULE` and `RTM_DELRULE`.
enum RuleDecoder {
    /// A rule; nil for one of another family or with an action that nobody gives it.
    ///
    /// - Throws: `DecodingError` when the message cannot be read.
    static func rule(_ contents: MessageContents, of bytes: RawSpan) throws(DecodingError) -> RoutingRule? {
        var cursor = AttributeCursor(try contents.attributes(behind: HeaderLength.rule))
        let header = bytes.load(fib_rule_hdr.self, at: contents.range.lowerBound)
        guard let family = AddressFamily(wire: header.family) else { return nil }
        var rule = RoutingRule(family, priority: 0, action: .nothing)
        rule.isInverted = header.flags & RuleAttribute.inverted != 0
        rule.typeOfService = header.tos
        rule.maker = 0
        var table = UInt32(header.table)
        var target: UInt32 = 0
        var from: Attribute?
        var to: Attribute?
        var mark: UInt32?
        var mask: UInt32?
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case RuleAttribute.from: from = attribute
            case RuleAttribute.to: to = attribute
            case RuleAttribute.incoming: rule.incoming = bytes.text(attribute)
            case RuleAttribute.outgoing: rule.outgoing = bytes.text(attribute)
            case RuleAttribute.target: target = try bytes.number(attribute)
            case RuleAttribute.priority: rule.priority = try bytes.number(attribute)
            case RuleAttribute.mark: mark = try bytes.number(attribute)
            case RuleAttribute.mask: mask = try bytes.number(attribute)
            case RuleAttribute.realms: rule.realms = try bytes.number(attribute)
            case RuleAttribute.suppressedGroup: rule.suppressedGroup = given(try bytes.number(attribute))
            case RuleAttribute.suppressedPrefixLength: rule.suppressedPrefixLength = given(try bytes.number(attribute))
            case RuleAttribute.table: table = try bytes.number(attribute)
            case RuleAttribute.interfaceTable: rule.usesInterfaceTable = try bytes.number(attribute, UInt8.self) != 0
            case RuleAttribute.maker: rule.maker = try bytes.number(attribute)
            case RuleAttribute.transport: rule.transport = try bytes.number(attribute)
            case RuleAttribute.users: rule.users = try users(attribute, of: bytes)
            case RuleAttribute.sourcePorts: rule.sourcePorts = try ports(attribute, of: bytes)
            case RuleAttribute.destinationPorts: rule.destinationPorts = try ports(attribute, of: bytes)
            default: break
            }
        }
        rule.from = try bytes.prefix(from, length: header.src_len, family)
        rule.to = try bytes.prefix(to, length: header.dst_len, family)
        if mark ?? 0 != 0 || mask ?? 0 != 0 { rule.mark = RoutingRule.Mark(mark ?? 0, mask: mask ?? .max) }
        switch Int(header.action) {
        case FR_ACT_TO_TBL: rule.action = .lookup(table)
        case FR_ACT_GOTO: rule.action = .jump(target)
        case FR_ACT_NOP: rule.action = .nothing
        case FR_ACT_BLACKHOLE: rule.action = .blackhole
        case FR_ACT_UNREACHABLE: rule.action = .unreachable
        case FR_ACT_PROHIBIT: rule.action = .prohibit
        default: return nil
        }
        return rule
    }

    /// A number that is -1 where nothing was said.
    private static func given(_ number: UInt32) -> UInt32? { number == .max ? nil : number }

    private static func users(_ attribute: Attribute, of bytes: RawSpan) throws(DecodingError) -> RoutingRule.Range {
        guard attribute.content.count >= 8 else { throw .short(attribute: attribute.type) }
        let start = attribute.content.lowerBound
        return RoutingRule.Range(bytes.load(UInt32.self, at: start), bytes.load(UInt32.self, at: start + 4))
    }

    private static func ports(_ attribute: Attribute, of bytes: RawSpan) throws(DecodingError) -> RoutingRule.Range {
        guard attribute.content.count >= 4 else { throw .short(attribute: attribute.type) }
        let start = attribute.content.lowerBound
        return RoutingRule.Range(
            UInt32(bytes.load(UInt16.self, at: start)),
            UInt32(bytes.load(UInt16.self, at: start + 2))
        )
    }
}
