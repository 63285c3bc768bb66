package import Addresses
import CLinux
import Glibc
package import System
package import VRRP

/// A raw socket that speaks from one address by one interface, and hears nothing.
package final class SpeakingSocket {
    /// What virtual routers must have in common to share one.
    package struct Place: Hashable, Sendable {
        /// The interface that it is bound to; nil for the one that routes lead by.
        package var interface: String?
        /// The number of the interface; 0 for none.
        package var interfaceIndex: UInt32
        /// The protocol.
        package var carrier: Carrier
        /// The source of all that it sends.
        package var source: IPAddress
        /// Whether it speaks to a group.
        package var isMulticast: Bool

        /// The place from which a channel speaks.
        package init(_ channel: RouterChannel) {
            interface = channel.interface
            interfaceIndex = channel.interfaceIndex
            carrier = channel.carrier
            source = channel.source
            isMulticast = channel.group != nil
        }
    }

    private let place: Place
    private let socket: Descriptor

    /// Opens the socket.
    ///
    /// - Throws: `SystemFailure` of `socket`, `setsockopt` or `bind`; `EADDRNOTAVAIL` where this machine lacks the source.
    package init(_ place: Place) throws(SystemFailure) {
        self.place = place
        let family = place.source.family
        let socket = try RawSocket.open(family, protocol: place.carrier.rawValue, interface: place.interface)
        let number = socket.number
        let index = Int32(bitPattern: place.interfaceIndex)
        guard clinux_hear_nothing(number) == 0 else { throw .last("setsockopt") }
        switch family {
        case .ipv4:
            // The header is ours: the kernel would take a virtual address for the source as soon as it has one.
            try RawSocket.set(Int(IPPROTO_IP), IP_HDRINCL, to: 1, of: number)
            if place.isMulticast { try Self.speakToGroups4(number, index) }
        case .ipv6:
            // The kernel computes the checksum, at the seventh byte of the message.
            try RawSocket.set(Int(IPPROTO_IPV6), IPV6_CHECKSUM, to: 6, of: number)
            try RawSocket.set(Int(IPPROTO_IPV6), IPV6_TCLASS, to: RawSocket.networkControl, of: number)
            if place.isMulticast {
                try RawSocket.set(Int(IPPROTO_IPV6), IPV6_MULTICAST_IF, to: index, of: number)
                try RawSocket.set(Int(IPPROTO_IPV6), IPV6_MULTICAST_LOOP, to: 0, of: number)
                try RawSocket.set(Int(IPPROTO_IPV6), IPV6_MULTICAST_HOPS, to: 255, of: number)
            }
            try RawSocket.bind(number, to: place.source, interface: place.interfaceIndex)
        }
        self.socket = socket
    }

    private static func speakToGroups4(_ number: Int32, _ interface: Int32) throws(SystemFailure) {
        var request = ip_mreqn(
            imr_multiaddr: in_addr(s_addr: 0),
            imr_address: in_addr(s_addr: 0),
            imr_ifindex: interface
        )
        let size = socklen_t(MemoryLayout<ip_mreqn>.size)
        guard setsockopt(number, Int32(IPPROTO_IP), IP_MULTICAST_IF, &request, size) == 0 else {
            throw .last("setsockopt")
        }
        try RawSocket.set(Int(IPPROTO_IP), IP_MULTICAST_LOOP, to: 0, of: number)
        try RawSocket.set(Int(IPPROTO_IP), IP_MULTICAST_TTL, to: 255, of: number)
    }

    /// Sends an advertisement.
    ///
    /// - Throws: `SystemFailure` of `sendto` or `sendmsg`; `EAGAIN` and `ENOBUFS` when there is no room for it.
    package func send(_ advertisement: SentAdvertisement) throws(SystemFailure) {
        let bytes = advertisement.bytes
        let flags = Int32(MSG_NOSIGNAL) | Int32(place.isMulticast ? Int(MSG_DONTROUTE) : 0)
        while true {
            let count: Int
            switch (advertisement.source, advertisement.destination) {
            case (.v6(let source), .v6(let destination)):
                let hops = advertisement.hops.map { Int32($0) } ?? -1
                let index = place.interfaceIndex
                let ends = (source.networkBytes, destination.networkBytes)
                count = clinux_send_packet6(socket.number, bytes, bytes.count, ends.0, ends.1, index, hops, flags)
            case (_, let destination):
                count = SocketAddress(Endpoint(address: destination, port: 0)).readBytes { address, length in
                    let address = address.assumingMemoryBound(to: sockaddr.self)
                    return sendto(socket.number, bytes, bytes.count, flags, address, length)
                }
            }
            if count >= 0 { return }
            guard errno == EINTR else { throw .last("send") }
        }
    }
}
