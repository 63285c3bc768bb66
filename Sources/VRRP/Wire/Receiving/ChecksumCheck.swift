import Addresses
import Failover

/// What the checksum of a received message covers.
enum ChecksumCheck: Hashable {
    /// What it has to cover, where there is one form alone.
    case right
    /// One of the forms of version 3 of IPv4.
    case form(ChecksumForm)
    /// Nothing that matches.
    case wrong

    /// Looks for what the checksum of a message covers, first for the form that is wanted.
    static func check(_ packet: ReceivedPacket, _ layout: PacketLayout, wanted: ChecksumForm) -> ChecksumCheck {
        let proto = Carrier.vrrp.rawValue
        let start = layout.messageStart
        var sum = InternetChecksum()
        switch layout.family {
        case .ipv6:
            sum.add(packet.bytes[start..<layout.end])
            sum.addPseudoHeader(packet.source, packet.destination, proto: proto, length: layout.end - start)
            return sum.isRight ? .right : .wrong
        case .ipv4:
            let end = min(layout.messageEnd, layout.end)
            sum.add(packet.bytes[start..<end])
            guard layout.head.version == 3 else { return sum.isRight ? .right : .wrong }
            let length = end - start
            func matches(_ form: ChecksumForm) -> Bool {
                var sum = sum
                switch form {
                case .messageOnly: break
                case .standard: sum.addPseudoHeader(packet.source, packet.destination, proto: proto, length: length)
                case .oldUnicast:
                    guard !packet.destination.isMulticast else { return false }
                    sum.addPseudoHeader(packet.source, .v4(.vrrpGroup), proto: proto, length: length)
                }
                return sum.isRight
            }
            if matches(wanted) { return .form(wanted) }
            for form in [ChecksumForm.standard, .messageOnly, .oldUnicast] where form != wanted && matches(form) {
                return .form(form)
            }
            return .wrong
        }
    }
}
