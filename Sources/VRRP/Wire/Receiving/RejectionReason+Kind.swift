extension RejectionReason {
    /// What reasons are counted by: a reason without its facts.
    package enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        case tooShort
        case unexpectedHeader
        case missingHeader
        case unknownRouter
        case length
        case hops
        case version
        case unknownAuthentication
        case authentication
        case password
        case headerDigest
        case headerIndex
        case headerReplayed
        case missingTrailer
        case trailerType
        case trailerKey
        case trailerDigest
        case trailerReplayed
        case trailerTime
        case interval
        case type
        case addressCount
        case totalLength
        case checksum
        case unexpectedUnicast
        case unexpectedMulticast
        case missingAddress
        case stranger
        case hopsOutOfRange
        case ownAddress
    }

    /// The reason without its facts.
    package var kind: Kind {
        switch self {
        case .tooShort: .tooShort
        case .unexpectedHeader: .unexpectedHeader
        case .missingHeader: .missingHeader
        case .unknownRouter: .unknownRouter
        case .length: .length
        case .hops: .hops
        case .version: .version
        case .unknownAuthentication: .unknownAuthentication
        case .authentication: .authentication
        case .password: .password
        case .headerDigest: .headerDigest
        case .headerIndex: .headerIndex
        case .headerReplayed: .headerReplayed
        case .missingTrailer: .missingTrailer
        case .trailerType: .trailerType
        case .trailerKey: .trailerKey
        case .trailerDigest: .trailerDigest
        case .trailerReplayed: .trailerReplayed
        case .trailerTime: .trailerTime
        case .interval: .interval
        case .type: .type
        case .addressCount: .addressCount
        case .totalLength: .totalLength
        case .checksum: .checksum
        case .unexpectedUnicast: .unexpectedUnicast
        case .unexpectedMulticast: .unexpectedMulticast
        case .missingAddress: .missingAddress
        case .stranger: .stranger
        case .hopsOutOfRange: .hopsOutOfRange
        case .ownAddress: .ownAddress
        }
    }

    /// The setting by which the sender differs and both would be master; nil where it is damage, forgery or no router of ours.
    package var difference: PeerDifference? {
        switch self {
        case .version(let received, let own): .version(received: received, own: own)
        case .authentication(let received, let own): .authentication(received: received, own: own)
        case .unexpectedHeader: .authentication(received: 2, own: 0)
        case .missingHeader: .authentication(received: 0, own: 2)
        case .password, .headerDigest, .trailerKey, .trailerDigest: .password
        case .missingTrailer: .trailer(isReceived: false)
        case .interval(let received, let own): .interval(received: received, own: own)
        case .missingAddress(let address, _): .addresses(missing: [address], unknown: [])
        case .hops(let received): .hops(received: received, allowed: 255...255)
        case .hopsOutOfRange(let received, let allowed): .hops(received: received, allowed: allowed)
        case .stranger(let address): .stranger(address)
        case .unexpectedUnicast: .audience(isMulticast: false)
        case .unexpectedMulticast: .audience(isMulticast: true)
        case .addressCount(let received, let own): .addressCount(received: received, own: own)
        case .length(let received, let expected) where received - expected == Trailer.length: .trailer(isReceived: true)
        case .tooShort, .unknownRouter, .length, .unknownAuthentication, .headerIndex, .headerReplayed, .trailerType,
            .trailerReplayed, .trailerTime, .type, .totalLength, .checksum, .ownAddress:
            nil
        }
    }
}
