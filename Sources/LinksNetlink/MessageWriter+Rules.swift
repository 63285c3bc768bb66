import Addresses
import CNetlink
import Links
import Netlink

extension MessageWriter {
    /// Writes what follows netlink's header in the request that adds or removes a rule.
    mutating func ruleRequest(_ rule: RoutingRule) {
        append(
            fib_rule_hdr(
                family: rule.family.wire,
                dst_len: rule.to?.length ?? 0,
                src_len: rule.from?.length ?? 0,
                tos: rule.typeOfService,
                table: UInt8(exactly: rule.table) ?? UInt8(RT_TABLE_UNSPEC.rawValue),
                res1: 0,
                res2: 0,
                action: rule.action.wire,
                flags: rule.isInverted ? RuleAttribute.inverted : 0
            )
        )
        attribute(RuleAttribute.priority, rule.priority)
        if case .lookup(let table) = rule.action, !rule.usesInterfaceTable { attribute(RuleAttribute.table, table) }
        if case .jump(let target) = rule.action { attribute(RuleAttribute.target, target) }
        if let from = rule.from { address(RuleAttribute.from, from.address) }
        if let to = rule.to { address(RuleAttribute.to, to.address) }
        if let incoming = rule.incoming { attribute(RuleAttribute.incoming, incoming) }
        if let outgoing = rule.outgoing { attribute(RuleAttribute.outgoing, outgoing) }
        if let mark = rule.mark {
            attribute(RuleAttribute.mark, mark.value)
            attribute(RuleAttribute.mask, mark.mask)
        }
        if let realms = rule.realms { attribute(RuleAttribute.realms, realms) }
        if let length = rule.suppressedPrefixLength { attribute(RuleAttribute.suppressedPrefixLength, length) }
        if let group = rule.suppressedGroup { attribute(RuleAttribute.suppressedGroup, group) }
        if rule.usesInterfaceTable { attribute(RuleAttribute.interfaceTable, UInt8(1)) }
        attribute(RuleAttribute.maker, rule.maker)
        if let transport = rule.transport { attribute(RuleAttribute.transport, transport) }
        if let users = rule.users {
            header(of: RuleAttribute.users, length: 12)
            append(users.first)
            append(users.last)
        }
        ports(RuleAttribute.sourcePorts, rule.sourcePorts)
        ports(RuleAttribute.destinationPorts, rule.destinationPorts)
    }

    private mutating func ports(_ type: UInt16, _ range: RoutingRule.Range?) {
        guard let range else { return }
        header(of: type, length: 8)
        append(UInt16(clamping: range.first))
        append(UInt16(clamping: range.last))
    }
}

extension RoutingRule {
    /// The table of the header; 0 where no table is looked up.
    fileprivate var table: UInt32 {
        if case .lookup(let table) = action, !usesInterfaceTable { table } else { 0 }
    }
}

extension RoutingRule.Action {
    /// `FR_ACT_*`.
    fileprivate var wire: UInt8 {
        switch self {
        case .lookup: UInt8(FR_ACT_TO_TBL)
        case .jump: UInt8(FR_ACT_GOTO)
        case .nothing: UInt8(FR_ACT_NOP)
        case .blackhole: UInt8(FR_ACT_BLACKHOLE)
        case .unreachable: UInt8(FR_ACT_UNREACHABLE)
        case .prohibit: UInt8(FR_ACT_PROHIBIT)
        }
    }
}
