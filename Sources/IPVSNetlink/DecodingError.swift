/// Why a reply cannot be read.
enum DecodingError: Error, Equatable {
    /// An attribute is shorter than the number it must hold.
    case short(attribute: UInt16)
    /// An attribute without which the reply means nothing is not there.
    case missing(attribute: UInt16)
    /// A family that is neither IPv4 nor IPv6.
    case unknownFamily(UInt16)
    /// A daemon that is neither master nor backup.
    case unknownRole(UInt32)
    /// A message or an attribute says it is longer than what was received, or shorter than its header.
    case badLength
}

extension DecodingError: CustomStringConvertible {
    var description: String {
        switch self {
        case .short(let attribute): "attribute \(attribute) is too short"
        case .missing(let attribute): "attribute \(attribute) is missing"
        case .unknownFamily(let family): "address family \(family) is unknown"
        case .unknownRole(let role): "daemon state \(role) is unknown"
        case .badLength: "a message or attribute has an impossible length"
        }
    }
}
