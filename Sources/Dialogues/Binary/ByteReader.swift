/// Reads numbers and strings off bytes that somebody else sent; what is not there is nil.
struct ByteReader {
    /// What is not read yet.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func byte() -> UInt8? {
        rest.popFirst()
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A number with its most significant byte first.
    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) -> Number? {
        bytes(Number.bitWidth / 8)?.reduce(0) { $0 << 8 | Number($1) }
    }

    /// A number of up to eight bytes with its least significant byte first.
    mutating func littleEndian(_ count: Int) -> UInt64? {
        bytes(min(count, 8))?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A string up to a zero byte, which is read too.
    mutating func terminated() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }
}
