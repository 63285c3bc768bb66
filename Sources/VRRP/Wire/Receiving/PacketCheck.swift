import Addresses
import Failover

/// The checks of one packet against one expectation, in order; the first that fails is the reason.
struct PacketCheck {
    let packet: ReceivedPacket
    let layout: PacketLayout
    let expectation: Expectation
    let sequences: SenderSequences
    let ownAddress: IPAddress?
    let knownMaster: IPAddress?

    private var head: MessageHead { layout.head }

    /// Runs all checks.
    ///
    /// - Throws: the reason of the first that fails.
    func run() throws(RejectionReason) -> (Advertisement, [PacketRemark]) {
        guard head.routerID == expectation.routerID else { throw .unknownRouter(head.routerID) }
        try checkHeader()
        try checkLength()
        if expectation.peers == nil, let hops = layout.hops, hops != 255 { throw .hops(received: hops) }
        guard head.version == expectation.version.rawValue else {
            throw .version(received: head.version, own: expectation.version.rawValue)
        }
        let proof = try checkProof()
        var remarks: [PacketRemark] = []
        if case .trailer = expectation.demand, proof == .none { remarks.append(.withoutTrailer) }
        try checkInterval(&remarks)
        guard head.type == 1 else { throw .type(head.type) }
        let looksAtAddresses = !(expectation.trustsKnownMaster && packet.source == knownMaster)
        if looksAtAddresses { try checkCount(&remarks) }
        guard layout.totalLength == layout.end else {
            throw .totalLength(received: packet.bytes.count, expected: layout.totalLength)
        }
        try checkChecksum(&remarks)
        try checkAudience()
        let addresses = layout.addresses(in: packet.bytes)
        if looksAtAddresses { try checkAddresses(addresses, &remarks) }
        if packet.source == ownAddress { throw .ownAddress(packet.source, priority: head.priority) }
        try checkPeer()
        let advertisement = Advertisement(
            version: expectation.version,
            routerID: head.routerID,
            priority: head.priority,
            interval: head.interval,
            addresses: addresses,
            proof: proof
        )
        return (advertisement, remarks)
    }

    private func checkHeader() throws(RejectionReason) {
        switch (layout.authenticationHeader, expectation.demand.carrier) {
        case (nil, .vrrp), (.some, .authenticationHeader): break
        case (.some, .vrrp): throw .unexpectedHeader
        case (nil, .authenticationHeader): throw .missingHeader
        }
    }

    private func checkLength() throws(RejectionReason) {
        if layout.end == layout.messageEnd { return }
        guard case .trailer(_, let isOptional, _) = expectation.demand else {
            throw .length(received: layout.end, expected: layout.messageEnd)
        }
        guard layout.hasTrailer else {
            let expected = layout.messageEnd + (isOptional ? 0 : Trailer.length)
            throw .length(received: layout.end, expected: expected)
        }
    }

    private func checkInterval(_ remarks: inout [PacketRemark]) throws(RejectionReason) {
        guard head.interval != expectation.interval else { return }
        // An interval of nothing would make a backup of it master at once.
        if expectation.version == .two || head.interval == .zero {
            throw .interval(received: head.interval, own: expectation.interval)
        }
        remarks.append(.interval(received: head.interval, own: expectation.interval))
    }

    private func checkCount(_ remarks: inout [PacketRemark]) throws(RejectionReason) {
        let received = Int(head.count)
        let own = expectation.addresses.count
        guard received != own else { return }
        if expectation.isStrict { throw .addressCount(received: received, own: own) }
        remarks.append(.addressCount(received: received, own: own))
    }

    private func checkChecksum(_ remarks: inout [PacketRemark]) throws(RejectionReason) {
        switch ChecksumCheck.check(packet, layout, wanted: expectation.checksum) {
        case .right: break
        case .form(let form):
            if form != expectation.checksum { remarks.append(.checksumForm(form)) }
        case .wrong: throw .checksum(version: head.version)
        }
    }

    private func checkAudience() throws(RejectionReason) {
        switch (packet.destination.isMulticast, expectation.peers) {
        case (true, nil), (false, .some): break
        case (true, .some): throw .unexpectedMulticast
        case (false, nil): throw .unexpectedUnicast
        }
    }

    private func checkAddresses(_ addresses: [IPAddress], _ remarks: inout [PacketRemark]) throws(RejectionReason) {
        guard addresses != expectation.addresses else { return }
        let received = Set(addresses)
        guard let missing = expectation.addresses.first(where: { !received.contains($0) }) else { return }
        if expectation.isStrict { throw .missingAddress(missing, routerID: head.routerID) }
        remarks.append(.missingAddress(missing))
    }

    private func checkPeer() throws(RejectionReason) {
        guard let peers = expectation.peers else { return }
        guard let allowed = peers.hops[packet.source] else {
            if peers.refusesStrangers { throw .stranger(packet.source) }
            return
        }
        if let allowed, let hops = layout.hops, !allowed.contains(hops) {
            throw .hopsOutOfRange(received: hops, allowed: allowed)
        }
    }
}
