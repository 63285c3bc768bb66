// Addresses in encodings are their text, as people write them.

extension IPAddress: Codable {
    /// Reads the text of an address.
    ///
    /// - Throws: `DecodingError.dataCorrupted` for a text that is no address.
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodedText(of: IPAddress.self)
    }

    /// Writes the text of the address.
    public func encode(to encoder: any Encoder) throws {
        try encoder.encode(text: description)
    }
}

extension IPv4Address: Codable {
    /// Reads the text of an address.
    ///
    /// - Throws: `DecodingError.dataCorrupted` for a text that is no address.
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodedText(of: IPv4Address.self)
    }

    /// Writes the text of the address.
    public func encode(to encoder: any Encoder) throws {
        try encoder.encode(text: description)
    }
}

extension IPv6Address: Codable {
    /// Reads the text of an address.
    ///
    /// - Throws: `DecodingError.dataCorrupted` for a text that is no address.
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodedText(of: IPv6Address.self)
    }

    /// Writes the text of the address.
    public func encode(to encoder: any Encoder) throws {
        try encoder.encode(text: description)
    }
}

extension Decoder {
    fileprivate func decodedText<Value: LosslessStringConvertible>(of type: Value.Type) throws -> Value {
        let container = try singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Value(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no address")
        }
        return value
    }
}

extension Encoder {
    fileprivate func encode(text: String) throws {
        var container = singleValueContainer()
        try container.encode(text)
    }
}
