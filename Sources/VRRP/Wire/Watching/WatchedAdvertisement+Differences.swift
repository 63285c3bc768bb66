import Addresses
package import Failover

// In what another router differs from a configuration.

extension WatchedAdvertisement {
    /// All settings in which its sender differs from a virtual router of the same number and family, in the order of the checks.
    ///
    /// Unlike a verdict, which ends with the first, this goes on: an operator wants to mend all of them at once.
    package func differences(from router: VirtualRouter) -> [PeerDifference] {
        guard routerID == router.routerID, packet.source.family == router.family else { return [] }
        let expectation = Expectation(of: router)
        var differences: [PeerDifference] = []
        if version != router.version.rawValue {
            differences.append(.version(received: version, own: router.version.rawValue))
        }
        differences += proofDifferences(expectation)
        if interval != router.interval { differences.append(.interval(received: interval, own: router.interval)) }
        let addresses = addresses
        if Set(addresses) != expectation.addressSet || addresses.count != expectation.addresses.count {
            differences.append(expectation.difference(of: addresses))
        }
        if case .form(let form) = ChecksumCheck.check(packet, layout, wanted: router.checksum), form != router.checksum
        {
            differences.append(.checksumForm(received: form, own: router.checksum))
        }
        differences += audienceDifferences(expectation)
        return differences
    }

    private func proofDifferences(_ expectation: Expectation) -> [PeerDifference] {
        // The way to prove and what proves belong to a version.
        guard version == expectation.version.rawValue else { return [] }
        let own = expectation.proofType
        let received = layout.authenticationHeader != nil ? 2 : authentication ?? 0
        if received != own { return [.authentication(received: received, own: own)] }
        let check = PacketCheck(
            packet: packet,
            layout: layout,
            expectation: expectation,
            sequences: SenderSequences(),
            ownAddress: nil,
            knownMaster: nil
        )
        if case .trailer = expectation.demand {
        } else if layout.hasTrailer {
            return [.trailer(isReceived: true)]
        }
        guard layout.end >= layout.messageEnd else { return [] }
        do {
            _ = try check.checkProof()
            return []
        } catch {
            return error.difference.map { [$0] } ?? []
        }
    }

    private func audienceDifferences(_ expectation: Expectation) -> [PeerDifference] {
        let isMulticast = packet.destination.isMulticast
        guard let peers = expectation.peers else {
            guard isMulticast else { return [.audience(isMulticast: false)] }
            return layout.hops.flatMap { $0 == 255 ? nil : [.hops(received: $0, allowed: 255...255)] } ?? []
        }
        if isMulticast { return [.audience(isMulticast: true)] }
        guard let allowed = peers.hops[packet.source] else {
            return peers.refusesStrangers ? [.stranger(packet.source)] : []
        }
        guard let allowed, let hops = layout.hops, !allowed.contains(hops) else { return [] }
        return [.hops(received: hops, allowed: allowed)]
    }
}
