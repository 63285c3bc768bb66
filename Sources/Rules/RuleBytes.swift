package import Addresses

// Text made of bytes directly, for tables have a hundred thousand lines.

extension [UInt8] {
    /// Appends a text in UTF-8.
    package mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    mutating func append(_ text: String, _ number: UInt32) {
        append(text)
        append(decimal: number)
    }

    /// Appends a number in decimal digits.
    package mutating func append(decimal number: some FixedWidthInteger) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(truncatingIfNeeded: number.magnitude)
        guard rest >= 10 else { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)) }
        // No number of 64 bits has more than 20 digits.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest != 0
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends an address in dotted notation.
    package mutating func append(_ address: IPv4Address) {
        append(decimal: address.value >> 24)
        append(UInt8(ascii: "."))
        append(decimal: address.value >> 16 & 0xff)
        append(UInt8(ascii: "."))
        append(decimal: address.value >> 8 & 0xff)
        append(UInt8(ascii: "."))
        append(decimal: address.value & 0xff)
    }
}
