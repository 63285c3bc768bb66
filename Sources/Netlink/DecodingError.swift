/// Why what the kernel sent cannot be read.
@usableFromInline
package enum DecodingError: Error, Hashable {
    /// An attribute is shorter than the number it must hold.
    case short(attribute: UInt16)
    /// An attribute without which the message means nothing is not there.
    case missing(attribute: UInt16)
    /// A number that stands for nothing that is known, and what it should have been a number of.
    case unknown(of: String, UInt32)
    /// A message or an attribute says it is longer than what was received, or shorter than its header.
    case badLength
}

extension DecodingError: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .short(let attribute): "attribute \(attribute) is too short"
        case .missing(let attribute): "attribute \(attribute) is missing"
        case .unknown(let noun, let number): "\(noun) \(number) is unknown"
        case .badLength: "a message or attribute has an impossible length"
        }
    }
}
