import Addresses
import CLinux
import Glibc
package import System
package import Time
package import VRRP

/// A raw socket that hears the advertisements of a group, or those to one address, on one interface.
package final class HearingSocket {
    /// Where it hears.
    package let place: HearingPlace
    /// Readable when a packet has come.
    package var descriptor: Int32 { socket.number }

    /// A tenth of a second of ten thousand short packets a second, of which each takes 768 bytes of it.
    ///
    /// The kernel's usual size is full after a few hundred, and what a master says among junk would be lost whenever the process
    /// has to wait. Only packets that wait take memory.
    private static let usualBuffer = 1 << 20

    private let socket: Descriptor
    private var clock = ArrivalClock()

    /// Opens the socket.
    ///
    /// - Parameters:
    ///   - buffer: the bytes of the buffer for packets that were not read yet; nil for 1 MiB.
    ///   - now: the moment; no packet will have come before it.
    /// - Throws: `SystemFailure` of `socket`, `setsockopt` or `bind`; `EADDRNOTAVAIL` where this machine lacks the address.
    package init(_ place: HearingPlace, buffer: Int?, at now: MonotonicTime) throws(SystemFailure) {
        self.place = place
        let family = place.address.family
        let socket = try RawSocket.open(family, protocol: place.carrier.rawValue, interface: place.interface)
        let number = socket.number
        Self.enlarge(number, to: buffer ?? Self.usualBuffer)
        try RawSocket.set(Int(SOL_SOCKET), SO_TIMESTAMPNS, to: 1, of: number)
        // Without this it hears the groups of all other sockets of the machine too.
        switch family {
        case .ipv4:
            try RawSocket.set(Int(IPPROTO_IP), IP_MULTICAST_ALL, to: 0, of: number)
        case .ipv6:
            try RawSocket.set(Int(IPPROTO_IPV6), IPV6_MULTICAST_ALL, to: 0, of: number)
            try RawSocket.set(Int(IPPROTO_IPV6), IPV6_RECVHOPLIMIT, to: 1, of: number)
            try RawSocket.set(Int(IPPROTO_IPV6), IPV6_RECVPKTINFO, to: 1, of: number)
        }
        if place.address.isMulticast { try Self.join(place.address, by: number, interface: place.interfaceIndex) }
        // Bound to the group, it hears nothing that was sent to this machine alone.
        try RawSocket.bind(number, to: place.address, interface: place.interfaceIndex)
        self.socket = socket
        clock.begin(at: now)
    }

    /// Takes the next packet that has come.
    ///
    /// - Parameters:
    ///   - buffer: room for the longest packet.
    ///   - now: the moment of the clock.
    /// - Returns: nil when there is none.
    /// - Throws: `SystemFailure` of `recvmsg`: `ENETDOWN` and `ENODEV` when the interface went.
    package func next(into buffer: inout [UInt8], at now: MonotonicTime) throws(SystemFailure) -> ReceivedPacket? {
        while true {
            var packet = buffer.withUnsafeMutableBytes { room in
                guard let base = room.baseAddress else { return clinux_packet() }
                return clinux_take_packet(descriptor, base, room.count)
            }
            guard packet.length >= 0 else {
                let number = errno
                if number == EINTR { continue }
                guard number == EAGAIN else { throw SystemFailure(call: "recvmsg", number: number) }
                clock.wasEmpty(at: now)
                return nil
            }
            let bytes = Array(buffer[..<min(packet.length, buffer.count)])
            guard let (source, destination, hops) = Self.ends(&packet, bytes, place.address.family) else { continue }
            let (arrival, wall) = clock.arrival(stamp: packet.arrival, at: now)
            return ReceivedPacket(
                bytes: bytes,
                includesHeader: place.address.family == .ipv4,
                carrier: place.carrier,
                source: source,
                destination: destination,
                hops: hops,
                interface: place.interface ?? "",
                arrival: arrival,
                clock: wall
            )
        }
    }

    /// Where a packet comes from and goes to, and the hops that it has left; nil for one that cannot be.
    private static func ends(
        _ packet: inout clinux_packet,
        _ bytes: [UInt8],
        _ family: AddressFamily
    ) -> (IPAddress, IPAddress, UInt8?)? {
        switch family {
        case .ipv4:
            guard bytes.count >= 20 else { return nil }
            func address(_ start: Int) -> IPAddress {
                .v4(IPv4Address(value: bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }))
            }
            return (address(12), address(16), bytes[8])
        case .ipv6:
            let source = withUnsafeBytes(of: &packet.source) { IPv6Address(networkBytes: $0) }
            let destination = withUnsafeBytes(of: &packet.destination) { IPv6Address(networkBytes: $0) }
            guard let source, let destination else { return nil }
            return (.v6(source), .v6(destination), UInt8(exactly: packet.hops))
        }
    }

    private static func join(_ group: IPAddress, by descriptor: Int32, interface: UInt32) throws(SystemFailure) {
        let result: Int32
        switch group {
        case .v4(let group):
            var request = ip_mreqn(
                imr_multiaddr: in_addr(s_addr: group.value.bigEndian),
                imr_address: in_addr(s_addr: 0),
                imr_ifindex: Int32(bitPattern: interface)
            )
            let size = socklen_t(MemoryLayout<ip_mreqn>.size)
            result = setsockopt(descriptor, Int32(IPPROTO_IP), IP_ADD_MEMBERSHIP, &request, size)
        case .v6(let group):
            result = clinux_join6(descriptor, group.networkBytes, interface)
        }
        guard result == 0 else { throw .last("setsockopt") }
    }

    /// Beyond the system's limit where that is allowed; a smaller buffer is no reason to hear nothing.
    private static func enlarge(_ descriptor: Int32, to size: Int) {
        var size = Int32(clamping: size)
        let length = socklen_t(MemoryLayout<Int32>.size)
        if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, length) != 0 {
            _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
    }
}
