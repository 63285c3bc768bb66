import Addresses
package import Failover
import Time

// What a frame says, by names: in the order of the wire, as a line or an object of JSON has it.

extension WatchedFrame {
    /// A field and its text.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var text: String

        /// Names a text.
        package init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The fields in one line: `src=10.0.0.1 dst=224.0.0.18 …`.
    package func line(for router: VirtualRouter? = nil, showsPasswords: Bool = false) -> String {
        fields(for: router, showsPasswords: showsPasswords).map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    }

    /// The fields of the frame.
    ///
    /// - Parameters:
    ///   - router: whose keys digests are held against; nil for none.
    ///   - showsPasswords: whether a password is shown, which is on the wire for all to see, or stars in its place.
    package func fields(for router: VirtualRouter? = nil, showsPasswords: Bool = false) -> [Field] {
        let head = [Field("dstmac", destination.hardwareText), Field("srcmac", source.hardwareText)]
        switch content {
        case .advertisement(let advertisement):
            return head + advertisement.fields(for: router, showsPasswords: showsPasswords)
        case .arp(let message): return head + message.fields
        case .neighbour(let message): return head + message.fields
        }
    }
}

extension ARPMessage {
    fileprivate var fields: [WatchedFrame.Field] {
        [
            .init("kind", "arp"), .init("op", "\(operation)"), .init("sha", senderHardware.hardwareText),
            .init("spa", sender.description), .init("tha", targetHardware.hardwareText),
            .init("tpa", target.description),
        ]
    }
}

extension NeighbourAdvertisement {
    fileprivate var fields: [WatchedFrame.Field] {
        [
            .init("src", source.description), .init("dst", destination.description), .init("hop", "\(hops)"),
            .init("kind", "neighbour-advertisement"), .init("flags", "0x" + [flags.rawValue].digits),
            .init("target", target.description), .init("tlla", hardware?.hardwareText ?? ""),
        ]
    }
}

extension WatchedAdvertisement {
    fileprivate func fields(for router: VirtualRouter?, showsPasswords: Bool) -> [WatchedFrame.Field] {
        var fields: [WatchedFrame.Field] = [
            .init("src", packet.source.description), .init("dst", packet.destination.description),
        ]
        let hops = packet.hops.map { "\($0)" } ?? ""
        let service = "0x" + [service].digits
        switch layout.family {
        case .ipv4:
            fields += [.init("proto", "\(packet.carrier.rawValue)"), .init("ttl", hops), .init("tos", service)]
            fields.append(.init("id", identification.map { "\($0)" } ?? ""))
        case .ipv6: fields += [.init("hop", hops), .init("tc", service)]
        }
        if let header = authenticationHeader { fields += headerFields(header, router) }
        fields += [
            .init("version", "\(version)"), .init("type", "\(type)"), .init("vrid", "\(routerID)"),
            .init("priority", "\(priority)"), .init("count", "\(addressCount)"),
        ]
        if let authentication { fields.append(.init("auth-type", "\(authentication)")) }
        fields.append(.init("interval", "\(interval.nanoseconds / 10_000_000)cs"))
        if let password {
            let isHidden = !showsPasswords && password.contains { $0 != 0 }
            fields.append(.init("auth-data", isHidden ? "***" : password.digits))
        }
        let sum = "0x" + [UInt8(checksum >> 8), UInt8(checksum & 0xff)].digits
        fields += [
            .init("addresses", addresses.map(\.description).joined(separator: ",")), .init("checksum", sum),
            .init("checksum-covers", coverage),
        ]
        if let trailer { fields += trailerFields(trailer, router) }
        if padding > 0 { fields.append(.init("padding", "\(padding)")) }
        return fields
    }

    private func headerFields(_ header: AuthenticationHeader, _ router: VirtualRouter?) -> [WatchedFrame.Field] {
        var index: [UInt8] = []
        index.append(network: header.index)
        var fields: [WatchedFrame.Field] = [
            .init("ah-next", "\(header.next)"), .init("ah-len", "\(header.words)"), .init("ah-spi", index.digits),
            .init("ah-seq", "\(header.sequence)"), .init("ah-icv", header.digest.digits),
        ]
        if let router, case .header(let password)? = router.effectiveAuthentication,
            let place = layout.authenticationHeader
        {
            let digest = AuthenticationHeader.digest(
                of: packet.bytes[..<layout.end],
                headerAt: place,
                isUnicast: !packet.destination.isMulticast,
                key: HMAC(key: password.passwordField)
            )
            fields.append(.init("ah-icv-check", header.digest.isSame(as: digest) ? "ok" : "wrong"))
        }
        return fields
    }

    private func trailerFields(_ trailer: Trailer, _ router: VirtualRouter?) -> [WatchedFrame.Field] {
        var fields: [WatchedFrame.Field] = [
            .init("hmac-key-id", "\(trailer.key)"), .init("hmac-seconds", "\(trailer.sequence.seconds)"),
            .init("hmac-subsecond", "\(trailer.sequence.fraction)"),
            .init("hmac-counter", "\(trailer.sequence.counter)"),
        ]
        if let router, case .trailer(let settings)? = router.effectiveAuthentication {
            let message = packet.bytes[layout.messageStart..<layout.messageEnd]
            let isRight = settings.keys[trailer.key].map {
                trailer.digest.isSame(as: trailer.digest(of: message, from: packet.source, key: HMAC(key: $0)))
            }
            fields.append(.init("hmac-check", isRight.map { $0 ? "ok" : "wrong" } ?? "unknown-key"))
        }
        return fields
    }

    private var coverage: String {
        switch ChecksumCheck.check(packet, layout, wanted: .standard) {
        case .right: layout.family == .ipv6 ? "pseudo6+message" : "message"
        case .form(.standard): "pseudo4+message"
        case .form(.messageOnly): "message"
        case .form(.oldUnicast): "group-pseudo4+message"
        case .wrong: "nothing-that-matches"
        }
    }
}

extension [UInt8] {
    /// Two hexadecimal digits a byte.
    fileprivate var digits: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Two hexadecimal digits a byte, with colons between.
    fileprivate var hardwareText: String {
        map { [$0].digits }.joined(separator: ":")
    }
}
