package import Addresses
package import Failover
import Links

/// Writes the advertisements of one virtual router, and counts them as receivers want it.
package struct AdvertisementWriter: Sendable {
    private var router: VirtualRouter
    private var proof: Proof
    private var identification: UInt16 = 0
    /// The number of the last authentication header that was written or heard; 0 for none.
    package private(set) var headerSequence: UInt32 = 0
    private var trailerSequence: TrailerSequence?
    /// The most bytes of a packet with its IP header, of the interface that they leave by.
    package var largestPacket: Int

    /// Makes the writer of a router that has advertised nothing yet.
    package init(_ router: VirtualRouter, largestPacket: Int = 1_500) {
        self.router = router
        self.largestPacket = largestPacket
        proof = Proof(of: router)
    }

    /// Writes as another configuration of the router has it from now on; the counters go on.
    package mutating func changed(to router: VirtualRouter) {
        self.router = router
        proof = Proof(of: router)
    }

    /// Goes on counting from where another router of the same number has come, which is what its hearers go by.
    package mutating func heard(_ advertisement: Advertisement) {
        guard case .header(let sequence) = advertisement.proof else { return }
        headerSequence = max(headerSequence, sequence)
    }

    /// Goes on counting from where the process before this one was.
    ///
    /// - Parameter sequence: its last number that was recorded; the one after may have been sent all the same.
    package mutating func resume(after sequence: UInt32) {
        guard sequence > 0 else { return }
        headerSequence = sequence == .max ? 1 : sequence + 1
    }

    /// The number of addresses of the configuration that an advertisement has room for; the rest is not advertised.
    package var advertisedCount: Int { router.advertisedCount(largestPacket: largestPacket) }

    /// Writes an advertisement to the group, or one to each peer.
    ///
    /// - Parameters:
    ///   - priority: that of the moment, 0 to leave.
    ///   - source: the address that it comes from; of the router's family, else nothing is written.
    ///   - clock: the time since 1970 by the wall clock, which a trailer tells.
    package mutating func write(priority: UInt8, from source: IPAddress, clock: Duration) -> [SentAdvertisement] {
        guard source.family == router.family else { return [] }
        let addresses = router.addresses.prefix(advertisedCount).map(\.address.address)
        let head = MessageHead(of: router, priority: priority, count: UInt8(clamping: addresses.count))
        var message: [UInt8] = []
        message.reserveCapacity(min(max(largestPacket, 0), 1_500))
        head.append(to: &message)
        for address in addresses { message.append(network: address) }
        if router.version == .two, router.family == .ipv4 { message += proof.password }
        switch router.audience {
        case .multicast(let settings):
            let sent = send(message, from: source, to: settings.group, hops: 255, isUnicast: false, clock: clock)
            return sent.map { [$0] } ?? []
        case .unicast(let settings):
            return settings.peers.compactMap {
                send(message, from: source, to: $0.address, hops: settings.hops, isUnicast: true, clock: clock)
            }
        }
    }

    private mutating func send(
        _ message: [UInt8],
        from source: IPAddress,
        to destination: IPAddress,
        hops: UInt8?,
        isUnicast: Bool,
        clock: Duration
    ) -> SentAdvertisement? {
        var message = message
        if let (number, key) = proof.trailerKey {
            let sequence = TrailerSequence.following(trailerSequence, clock: clock)
            trailerSequence = sequence
            var trailer = Trailer(key: number, sequence: sequence)
            trailer.digest = trailer.digest(of: message[...], from: source, key: key)
            trailer.append(to: &message)
        }
        let sum = checksum(of: message, from: source, to: destination)
        message.set(network: sum, at: MessageHead.checksumPlace)
        switch (source, destination) {
        case (.v6, .v6):
            return SentAdvertisement(
                bytes: message,
                carrier: .vrrp,
                source: source,
                destination: destination,
                hops: hops
            )
        case (.v4(let from), .v4(let to)):
            let bytes = packet(message, from: from, to: to, hops: hops ?? 255, isUnicast: isUnicast)
            let carrier: Carrier = proof.headerKey == nil ? .vrrp : .authenticationHeader
            return SentAdvertisement(
                bytes: bytes,
                carrier: carrier,
                source: source,
                destination: destination,
                hops: nil
            )
        case (.v4, .v6), (.v6, .v4):
            return nil
        }
    }

    /// Puts the headers before a message.
    private mutating func packet(
        _ message: [UInt8],
        from source: IPv4Address,
        to destination: IPv4Address,
        hops: UInt8,
        isUnicast: Bool
    ) -> [UInt8] {
        // The kernel puts a number of its own in the place of zero.
        identification = identification == .max ? 1 : identification + 1
        let headerLength = proof.headerKey == nil ? 0 : AuthenticationHeader.length
        var bytes = IPv4Header(
            messageLength: message.count + headerLength,
            identification: identification,
            hops: hops,
            carrier: proof.headerKey == nil ? .vrrp : .authenticationHeader,
            from: source,
            to: destination
        ).bytes
        guard let key = proof.headerKey else { return bytes + message }
        headerSequence = headerSequence == .max ? 1 : headerSequence + 1
        AuthenticationHeader(index: source.value, sequence: headerSequence).append(to: &bytes)
        bytes += message
        let place = IPv4Header.length
        let digest = AuthenticationHeader.digest(of: bytes[...], headerAt: place, isUnicast: isUnicast, key: key)
        let digestEnd = place + AuthenticationHeader.length
        bytes.replaceSubrange(digestEnd - AuthenticationHeader.digestLength..<digestEnd, with: digest)
        return bytes
    }

    /// The checksum of a message in the form that is configured.
    private func checksum(of message: [UInt8], from source: IPAddress, to destination: IPAddress) -> UInt16 {
        var sum = InternetChecksum()
        switch source.family {
        case .ipv6:
            sum.add(message[...])
            sum.addPseudoHeader(source, destination, proto: Carrier.vrrp.rawValue, length: message.count)
        case .ipv4:
            // The trailer is added by keepalived after the checksum was made.
            let covered = message.dropLast(proof.trailerKey == nil ? 0 : Trailer.length)
            sum.add(covered)
            guard router.version == .three else { break }
            switch router.checksum {
            case .messageOnly: break
            case .standard:
                sum.addPseudoHeader(source, destination, proto: Carrier.vrrp.rawValue, length: covered.count)
            case .oldUnicast:
                let group = IPAddress.v4(.vrrpGroup)
                sum.addPseudoHeader(source, group, proto: Carrier.vrrp.rawValue, length: covered.count)
            }
        }
        return sum.value
    }
}

extension AdvertisementWriter {
    /// How the advertisements prove who sends them, with keys that are worked in.
    private struct Proof: Sendable {
        /// What stands after the addresses in version 2 of IPv4.
        var password = [UInt8](repeating: 0, count: MessageHead.passwordLength)
        var headerKey: HMAC<MD5>?
        var trailerKey: (number: UInt8, key: HMAC<SHA256>)?

        init(of router: VirtualRouter) {
            switch router.effectiveAuthentication {
            case nil: break
            case .password(let bytes): password = bytes.passwordField
            case .header(let bytes): headerKey = HMAC(key: bytes.passwordField)
            case .trailer(let settings):
                guard settings.mode != .receiveOnly, let key = settings.keys[settings.activeKey] else { break }
                trailerKey = (settings.activeKey, HMAC(key: key))
            }
        }
    }
}
