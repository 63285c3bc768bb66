/// Makes a value of what a text says.
struct KeyedTextDecoder: Decoder {
    let tree: KeyedValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .map(let values) = tree else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(MapContainer(values: values, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let values) = tree else { throw mismatch([Any].self) }
        return ListContainer(values: values, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { LeafContainer(decoder: self) }

    fileprivate func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "it is of another type")
        return tree == .nothing ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    fileprivate func integer<Number: FixedWidthInteger>() throws -> Number {
        guard let number = tree.integer(Number.self) else { throw mismatch(Number.self) }
        return number
    }
}

private struct MapContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: KeyedValue]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { values.keys.sorted().compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }

    private func decoder(_ key: some CodingKey) throws -> KeyedTextDecoder {
        guard let value = values[key.stringValue] else {
            let context = DecodingError.Context(codingPath: codingPath, debugDescription: "there is no such key")
            throw DecodingError.keyNotFound(key, context)
        }
        return KeyedTextDecoder(tree: value, codingPath: codingPath + [key])
    }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).tree == .nothing }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: decoder(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(PlaceKey(stringValue: "super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

private struct ListContainer: UnkeyedDecodingContainer {
    let values: [KeyedValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(values: [KeyedValue], codingPath: [any CodingKey]) {
        self.values = values
        self.codingPath = codingPath
    }

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    private func decoder() throws -> KeyedTextDecoder {
        guard !isAtEnd else {
            let context = DecodingError.Context(codingPath: codingPath, debugDescription: "the list ends here")
            throw DecodingError.valueNotFound(Any.self, context)
        }
        return KeyedTextDecoder(
            tree: values[currentIndex],
            codingPath: codingPath + [PlaceKey(intValue: currentIndex)]
        )
    }

    mutating func decodeNil() throws -> Bool {
        guard try decoder().tree == .nothing else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try Value(from: decoder())
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try decoder().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try decoder().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try decoder()
        currentIndex += 1
        return decoder
    }
}

private struct LeafContainer: SingleValueDecodingContainer {
    let decoder: KeyedTextDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.tree == .nothing }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .flag(let flag) = decoder.tree else { throw decoder.mismatch(type) }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = decoder.tree else { throw decoder.mismatch(type) }
        return text
    }

    func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
    func decode(_ type: Float.Type) throws -> Float { throw decoder.mismatch(type) }
    func decode(_ type: Double.Type) throws -> Double { throw decoder.mismatch(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
