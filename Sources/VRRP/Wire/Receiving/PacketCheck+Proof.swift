import Addresses
import Failover

// Who sent it.

extension PacketCheck {
    /// Holds a packet against what has to prove its sender.
    ///
    /// - Throws: the reason of the first check that fails.
    func checkProof() throws(RejectionReason) -> Advertisement.Proof {
        let head = layout.head
        if head.version == 2 {
            guard head.authentication <= 2 else { throw .unknownAuthentication(head.authentication) }
            guard head.authentication == expectation.proofType else {
                throw .authentication(received: head.authentication, own: expectation.proofType)
            }
        }
        switch expectation.demand {
        case .none: return .none
        case .password(let password): return try checkPassword(password)
        case .header(let key): return try checkDigest(key)
        case .trailer(let keys, let isOptional, let window):
            if layout.end != layout.messageEnd { return try checkTrailer(keys, window) }
            guard isOptional else { throw .missingTrailer }
            return .none
        }
    }

    private func checkPassword(_ password: [UInt8]) throws(RejectionReason) -> Advertisement.Proof {
        // Over IPv6 there is no room for it.
        guard layout.family == .ipv4 else { return .password }
        let start = layout.passwordStart
        guard packet.bytes[start..<start + MessageHead.passwordLength].isSame(as: password) else { throw .password }
        return .password
    }

    private func checkDigest(_ key: HMAC<MD5>) throws(RejectionReason) -> Advertisement.Proof {
        guard let place = layout.authenticationHeader, let header = AuthenticationHeader(packet.bytes, at: place),
            case .v4(let source) = packet.source, packet.includesHeader
        else { throw .missingHeader }
        let digest = AuthenticationHeader.digest(
            of: packet.bytes[..<layout.end],
            headerAt: place,
            isUnicast: !packet.destination.isMulticast,
            key: key
        )
        guard header.next == Carrier.vrrp.rawValue, header.digest.isSame(as: digest) else { throw .headerDigest }
        guard header.index == source.value else {
            throw .headerIndex(received: header.index, expected: source.value)
        }
        guard sequences.isNew(header: header.sequence, from: packet.source) else {
            throw .headerReplayed(sequence: header.sequence)
        }
        return .header(sequence: header.sequence)
    }

    private func checkTrailer(
        _ keys: [UInt8: HMAC<SHA256>],
        _ window: Duration?
    ) throws(RejectionReason) -> Advertisement.Proof {
        guard let trailer = Trailer(packet.bytes, at: layout.messageEnd) else { throw .missingTrailer }
        guard trailer.type == 1, trailer.reserved == 0 else { throw .trailerType(trailer.type) }
        guard let key = keys[trailer.key] else { throw .trailerKey(trailer.key) }
        let message = packet.bytes[layout.messageStart..<layout.messageEnd]
        let digest = trailer.digest(of: message, from: packet.source, key: key)
        guard trailer.digest.isSame(as: digest) else { throw .trailerDigest(key: trailer.key) }
        if let last = sequences.lastTrailer(from: packet.source), trailer.sequence <= last {
            throw .trailerReplayed(received: trailer.sequence, last: last)
        }
        if let window {
            let ahead = .seconds(Int64(trailer.sequence.seconds)) - Duration.seconds(packet.clock.components.seconds)
            guard ahead <= window, ahead >= .zero - window else { throw .trailerTime(ahead: ahead, allowed: window) }
        }
        return .trailer(key: trailer.key, trailer.sequence)
    }
}
