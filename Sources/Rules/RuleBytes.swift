import Addresses

// Text made of bytes directly, for tables have a hundred thousand lines.

extension [UInt8] {
    mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    mutating func append(_ text: String, _ number: UInt32) {
        append(contentsOf: text.utf8)
        append(decimal: number)
    }

    mutating func append(decimal number: some FixedWidthInteger) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(truncatingIfNeeded: number.magnitude)
        var divisor: UInt64 = 1
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    mutating func append(_ address: IPv4Address) {
        append(decimal: address.value >> 24)
        append(UInt8(ascii: "."))
        append(decimal: address.value >> 16 & 0xff)
        append(UInt8(ascii: "."))
        append(decimal: address.value >> 8 & 0xff)
        append(UInt8(ascii: "."))
        append(decimal: address.value & 0xff)
    }
}
