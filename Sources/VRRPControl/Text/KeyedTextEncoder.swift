/// Takes a value apart into what its text says.
final class KeyedTextEncoder: Encoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var branch = Branch.none

    /// What is being made, in parts that are filled in one after the other.
    private enum Branch {
        case none
        case leaf(KeyedValue)
        case list(EncodedList)
        case map(EncodedMap)
    }

    fileprivate init(path: [any CodingKey]) {
        codingPath = path
    }

    /// What the text of a value says.
    ///
    /// - Throws: `EncodingError` for a value that is no whole number, text, list or map.
    static func tree(of value: some Encodable, path: [any CodingKey]) throws -> KeyedValue {
        let encoder = KeyedTextEncoder(path: path)
        try value.encode(to: encoder)
        return encoder.tree
    }

    fileprivate var tree: KeyedValue {
        switch branch {
        case .none: .map([:])
        case .leaf(let value): value
        case .list(let list): .list(list.items.map(\.tree))
        case .map(let map): .map(map.items.mapValues(\.tree))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let map = if case .map(let map) = branch { map } else { EncodedMap() }
        branch = .map(map)
        return KeyedEncodingContainer(MapContainer(map: map, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let list = if case .list(let list) = branch { list } else { EncodedList() }
        branch = .list(list)
        return ListContainer(list: list, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { LeafContainer(encoder: self) }

    fileprivate func set(_ value: KeyedValue) {
        branch = .leaf(value)
    }
}

/// A value that is whole, or one that still grows.
private enum EncodedItem {
    case whole(KeyedValue)
    case growing(KeyedTextEncoder)

    var tree: KeyedValue {
        switch self {
        case .whole(let value): value
        case .growing(let encoder): encoder.tree
        }
    }
}

private final class EncodedList {
    var items: [EncodedItem] = []
}

private final class EncodedMap {
    var items: [String: EncodedItem] = [:]
}

private struct MapContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let map: EncodedMap
    let codingPath: [any CodingKey]

    private func grow(_ key: some CodingKey) -> KeyedTextEncoder {
        let encoder = KeyedTextEncoder(path: codingPath + [key])
        map.items[key.stringValue] = .growing(encoder)
        return encoder
    }

    func encodeNil(forKey key: Key) { map.items[key.stringValue] = .whole(.nothing) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        map.items[key.stringValue] = .whole(try KeyedTextEncoder.tree(of: value, path: codingPath + [key]))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { grow(key).container(keyedBy: keyType) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { grow(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { grow(PlaceKey(stringValue: "super")) }

    func superEncoder(forKey key: Key) -> any Encoder { grow(key) }
}

private struct ListContainer: UnkeyedEncodingContainer {
    let list: EncodedList
    let codingPath: [any CodingKey]
    var count: Int { list.items.count }

    private func grow() -> KeyedTextEncoder {
        let encoder = KeyedTextEncoder(path: codingPath + [PlaceKey(intValue: count)])
        list.items.append(.growing(encoder))
        return encoder
    }

    func encodeNil() { list.items.append(.whole(.nothing)) }

    func encode(_ value: some Encodable) throws {
        let path = codingPath + [PlaceKey(intValue: count)]
        list.items.append(.whole(try KeyedTextEncoder.tree(of: value, path: path)))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        grow().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { grow().unkeyedContainer() }

    func superEncoder() -> any Encoder { grow() }
}

private struct LeafContainer: SingleValueEncodingContainer {
    let encoder: KeyedTextEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() { encoder.set(.nothing) }
    func encode(_ value: Bool) { encoder.set(.flag(value)) }
    func encode(_ value: String) { encoder.set(.text(value)) }
    func encode(_ value: Int) { encoder.set(.number(Int64(value))) }
    func encode(_ value: Int8) { encoder.set(.number(Int64(value))) }
    func encode(_ value: Int16) { encoder.set(.number(Int64(value))) }
    func encode(_ value: Int32) { encoder.set(.number(Int64(value))) }
    func encode(_ value: Int64) { encoder.set(.number(value)) }
    func encode(_ value: UInt) { encode(UInt64(value)) }
    func encode(_ value: UInt8) { encoder.set(.number(Int64(value))) }
    func encode(_ value: UInt16) { encoder.set(.number(Int64(value))) }
    func encode(_ value: UInt32) { encoder.set(.number(Int64(value))) }
    func encode(_ value: UInt64) { encoder.set(Int64(exactly: value).map(KeyedValue.number) ?? .large(value)) }
    func encode(_ value: Float) throws { try refuse(value) }
    func encode(_ value: Double) throws { try refuse(value) }

    func encode(_ value: some Encodable) throws {
        encoder.set(try KeyedTextEncoder.tree(of: value, path: codingPath))
    }

    private func refuse(_ value: Any) throws {
        let context = EncodingError.Context(codingPath: codingPath, debugDescription: "fractions have no text here")
        throw EncodingError.invalidValue(value, context)
    }
}
