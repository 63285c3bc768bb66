extension [UInt8] {
    /// Appends a number with its most significant byte first.
    mutating func append<Number: FixedWidthInteger & UnsignedInteger>(bigEndian number: Number) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }

    /// Appends the lowest bytes of a number, the least significant first.
    mutating func append(littleEndian number: UInt64, count: Int) {
        for index in 0..<UInt64(count) {
            append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }

    /// Appends a string and the zero byte that ends it.
    mutating func append(terminated text: some Sequence<UInt8>) {
        append(contentsOf: text)
        append(0)
    }

    /// The bytes, each changed by that of another array at its place.
    static func ^ (left: [UInt8], right: [UInt8]) -> [UInt8] {
        zip(left, right).map { $0 ^ $1 }
    }
}
