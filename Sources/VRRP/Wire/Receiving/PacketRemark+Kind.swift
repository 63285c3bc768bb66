extension PacketRemark {
    /// A remark without its facts.
    enum Kind: Hashable {
        case addressCount
        case missingAddress
        case interval
        case checksumForm
        case oldSetting
        case withoutTrailer
    }

    var kind: Kind {
        switch self {
        case .addressCount: .addressCount
        case .missingAddress: .missingAddress
        case .interval: .interval
        case .checksumForm: .checksumForm
        case .oldSetting: .oldSetting
        case .withoutTrailer: .withoutTrailer
        }
    }

    var isOfAddresses: Bool {
        switch self {
        case .addressCount, .missingAddress: true
        case .interval, .checksumForm, .oldSetting, .withoutTrailer: false
        }
    }
}
