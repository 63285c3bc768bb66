package import Addresses

/// A message by which hosts of Ethernet find each other's IPv4 addresses (RFC 826).
package struct ARPMessage: Hashable, Sendable {
    /// 1 asks, 2 answers; a gratuitous one asks for the sender itself.
    package var operation: UInt16
    /// The six bytes of the sender's hardware address.
    package var senderHardware: [UInt8]
    package var sender: IPv4Address
    /// The six bytes of the hardware address of who is meant.
    package var targetHardware: [UInt8]
    package var target: IPv4Address

    /// Makes the gratuitous question by which neighbours learn where an address is.
    init(announcing address: IPv4Address, at hardware: [UInt8]) {
        operation = 1
        senderHardware = hardware
        sender = address
        targetHardware = EthernetFrame.broadcast
        target = address
    }

    /// Reads the message at a place of a frame; nil where it ends before, or is of other kinds of addresses.
    init?(_ bytes: [UInt8], at position: Int) {
        var reader = PacketReader(bytes, from: position)
        guard reader.number16() == 1, reader.number16() == EthernetFrame.Kind.ipv4, reader.number16() == 0x0604,
            let operation = reader.number16(), let senderHardware = reader.bytes(EthernetFrame.addressLength),
            let sender = reader.number32(), let targetHardware = reader.bytes(EthernetFrame.addressLength),
            let target = reader.number32()
        else { return nil }
        self.operation = operation
        self.senderHardware = Array(senderHardware)
        self.sender = IPv4Address(value: sender)
        self.targetHardware = Array(targetHardware)
        self.target = IPv4Address(value: target)
    }

    /// Whether it tells of its sender and asks for nobody.
    package var isGratuitous: Bool { sender == target }

    /// The bytes of the message.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(28)
        bytes.append(network: UInt16(1))
        bytes.append(network: EthernetFrame.Kind.ipv4)
        bytes.append(network: UInt16(0x0604))
        bytes.append(network: operation)
        bytes += senderHardware
        bytes.append(network: sender.value)
        bytes += targetHardware
        bytes.append(network: target.value)
        return bytes
    }
}
