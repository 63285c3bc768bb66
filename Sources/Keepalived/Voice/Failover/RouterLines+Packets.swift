import Addresses
import Failover
import VRRP

// What is said of packets, without the router before it and the source behind it.

extension RejectionReason {
    var text: String {
        switch self {
        case .tooShort(let family, let length):
            "\(family == .ipv4 ? "IPv4" : "IPv6") VRRP packet too short - \(length) bytes"
        case .unexpectedHeader: "Received AH header but auth type not AH"
        case .missingHeader: "No AH header but auth type is AH"
        case .unknownRouter(let number): "Unknown VRID(\(number))"
        case .length(let received, let expected):
            "vrrp packet too \(received > expected ? "long" : "short"), length \(received) and expect \(expected)"
        case .hops(let received): "invalid TTL/HL. Received \(received) and expect 255"
        case .version(let received, let own): "wrong version. Received \(received) and expect \(own)"
        case .unknownAuthentication(let type): "Invalid auth type: \(type)"
        case .authentication(let received, let own): "received a \(received) auth, expecting \(own)!"
        case .password: "received an invalid passwd!"
        case .headerDigest:
            "IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !"
        case .headerIndex(let received, let expected):
            "IPSEC AH : invalid IPSEC SPI value. \(received) and expect \(expected)"
        case .headerReplayed(let sequence):
            "IPSEC-AH : sequence number \(sequence) already processed. Packet dropped."
        case .missingTrailer: "no HMAC trailer, and one is demanded"
        case .trailerType(let type): "HMAC trailer of type \(type) and expect 1"
        case .trailerKey(let key): "HMAC trailer by an unknown key \(key)"
        case .trailerDigest(let key): "invalid HMAC value by key \(key)"
        case .trailerReplayed: "HMAC trailer whose sequence was seen already"
        case .trailerTime(let ahead, let allowed):
            "HMAC trailer of a clock \(ahead.components.seconds) s ahead, allowed \(allowed.components.seconds)"
        case .interval(let received, let own):
            "advertisement interval mismatch mine=\(own.components.seconds) sec rcv'd=\(received.components.seconds) sec"
        case .type(let type): "Invalid packet type. \(type) and expect 1"
        case .addressCount(let received, let own):
            "received an unexpected ip number count \(received), expected \(own)!"
        case .totalLength(let received, let expected):
            "ip_tot_len mismatch against received length. \(expected) and received \(received)"
        case .checksum(let version): "Invalid VRRPv\(version) checksum"
        case .unexpectedUnicast: "Expected multicast packet but received unicast packet"
        case .unexpectedMulticast: "Expected unicast packet but received multicast packet"
        case .missingAddress(let address, let number):
            "ip address associated with VRID \(number) not present in MASTER advert: \(address)"
        case .stranger(let address): "unicast source address \(address) not a unicast peer"
        case .hopsOutOfRange(let received, let allowed):
            "TTL/HL \(received) not in range \(allowed.lowerBound) - \(allowed.upperBound)"
        case .ownAddress: "WARNING - equal priority advert received from remote host with our IP address."
        }
    }
}

extension PacketRemark {
    fileprivate static func name(_ form: ChecksumForm) -> String {
        switch form {
        case .standard: "with a pseudo-header"
        case .messageOnly: "without a pseudo-header, as v3_checksum_as_v2"
        case .oldUnicast: "of keepalived up to 1.3.6, as old_unicast_checksum"
        }
    }

    var text: String {
        switch self {
        case .addressCount(let received, let own): "expected \(own) VIPs but received \(received)"
        case .missingAddress(let address): "ip address not present in MASTER advert: \(address)"
        case .interval(let received, let own):
            "advertisement interval mismatch ours = \(own.milliseconds / 10) centi-sec rcv'd="
                + "\(received.milliseconds / 10) centi-sec"
        case .checksumForm(let form): "checksums are \(Self.name(form))"
        case .oldSetting(let difference): "a change of a short time ago is not there yet: \(difference.text)"
        case .withoutTrailer: "no HMAC trailer, which may be"
        }
    }
}

extension PeerDifference {
    /// A few words about a setting, the other's first.
    var text: String {
        switch self {
        case .version(let received, let own): return "version is \(received), ours \(own)"
        case .authentication(let received, let own): return "auth type is \(received), ours \(own)"
        case .password: return "password differs"
        case .trailer(let isReceived): return isReceived ? "it has an HMAC trailer" : "it has no HMAC trailer"
        case .interval(let received, let own):
            return "interval is \(received.milliseconds)ms, ours \(own.milliseconds)ms"
        case .addressCount(let received, let own): return "it has \(received) VIPs, ours are \(own)"
        case .addresses(let missing, let unknown):
            let parts = [("lacks", missing), ("has beside ours", unknown)].compactMap { word, addresses in
                addresses.isEmpty ? nil : "\(word) \(addresses.prefix(3).map(\.description).joined(separator: ", "))"
            }
            return "it \(parts.joined(separator: " and "))"
        case .hops(let received, let allowed):
            return "TTL is \(received), and \(allowed.lowerBound) to \(allowed.upperBound) allowed"
        case .checksumForm(let received, let own):
            return "checksums are \(PacketRemark.name(received)), ours \(PacketRemark.name(own))"
        case .stranger(let address): return "\(address) is no unicast peer of ours"
        case .audience(let isMulticast):
            return isMulticast ? "it speaks to the group, we to peers" : "it speaks to peers, we to the group"
        }
    }
}
