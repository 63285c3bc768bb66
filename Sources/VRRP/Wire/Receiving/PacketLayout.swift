import Addresses

/// Where the parts of a received packet lie, and its head.
struct PacketLayout: Hashable {
    /// The bytes before the message, from the IP header on where it is there.
    let messageStart: Int
    /// The end of what came: what a frame was padded with lies behind it.
    let end: Int
    /// The length that its IP header says; `end` where there is none.
    let totalLength: Int
    /// The place of the authentication header; nil where there is none.
    let authenticationHeader: Int?
    /// The head of the message.
    let head: MessageHead
    /// The hops that it had left; nil where nobody says.
    let hops: UInt8?
    let family: AddressFamily

    /// Finds the parts of a packet.
    ///
    /// - Throws: `RejectionReason.tooShort` for one that ends before its head is complete, or is no packet of IP.
    init(of packet: ReceivedPacket) throws(RejectionReason) {
        let bytes = packet.bytes
        family = packet.source.family
        var start = 0
        var proto = packet.carrier.rawValue
        if packet.includesHeader {
            guard family == .ipv4, let header = IPv4Header(bytes) else {
                throw .tooShort(family, length: bytes.count)
            }
            start = header.headerLength
            proto = header.proto
            totalLength = Int(header.totalLength)
            end = min(totalLength, bytes.count)
            hops = header.hops
        } else {
            totalLength = bytes.count
            end = bytes.count
            hops = packet.hops
        }
        if proto == Carrier.authenticationHeader.rawValue {
            authenticationHeader = start
            start += AuthenticationHeader.length
        } else {
            authenticationHeader = nil
        }
        guard end >= start + MessageHead.length, let head = MessageHead(bytes, at: start) else {
            throw .tooShort(family, length: bytes.count)
        }
        messageStart = start
        self.head = head
    }

    /// The end of the message without a trailer, by what its head says.
    var messageEnd: Int {
        var length = MessageHead.length + Int(head.count) * family.addressLength
        if head.version == 2, family == .ipv4 { length += MessageHead.passwordLength }
        return messageStart + length
    }

    /// Whether exactly a trailer follows the message.
    var hasTrailer: Bool { end == messageEnd + Trailer.length }

    /// The place of the password, in version 2 of IPv4.
    var passwordStart: Int { messageEnd - MessageHead.passwordLength }

    /// The addresses of a message whose length is right.
    func addresses(in bytes: [UInt8]) -> [IPAddress] {
        var reader = PacketReader(bytes, from: messageStart + MessageHead.length, to: min(messageEnd, end))
        var addresses: [IPAddress] = []
        addresses.reserveCapacity(Int(head.count))
        for _ in 0..<head.count {
            guard let address = reader.address(family) else { break }
            addresses.append(address)
        }
        return addresses
    }
}

extension ReceivedPacket {
    /// The number of the virtual router that a packet is for, by which it is given to one.
    ///
    /// - Throws: `RejectionReason.tooShort` for one that ends before its head is complete, or is no packet of IP.
    package var routerID: UInt8 {
        get throws(RejectionReason) { try PacketLayout(of: self).head.routerID }
    }
}
