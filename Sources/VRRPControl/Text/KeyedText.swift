/// Values of any type as text in JSON without fractions, and back, without Foundation.
package enum KeyedText {
    /// The text of a value; equal values have equal texts, unless they hold sets.
    ///
    /// - Throws: `EncodingError` for a value with fractions.
    package static func bytes(of value: some Encodable) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try KeyedTextEncoder.tree(of: value, path: []).write(to: &bytes)
        return bytes
    }

    /// The value that a text stands for.
    ///
    /// - Parameter limit: the most bytes that are read.
    /// - Throws: `KeyedTextError` for what is no such text, `DecodingError` for one of another type.
    package static func value<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
        limit: Int = 8 << 20
    ) throws -> Value {
        try Value(from: KeyedTextDecoder(tree: KeyedTextReader.value(of: bytes, limit: limit), codingPath: []))
    }
}
