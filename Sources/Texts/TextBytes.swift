public import Addresses

// Text made of bytes directly, for tables have a hundred thousand lines: each piece makes room once and is then written
// into it, without a string or an array in between.

extension [UInt8] {
    /// Appends a text in UTF-8.
    package mutating func append(_ text: String) {
        append(text, leftIn: 0)
    }

    /// Appends a text in UTF-8, with blanks after it until it is `width` bytes wide.
    package mutating func append(_ text: String, leftIn width: Int) {
        let bytes = text.utf8.span
        append(addingCapacity: Swift.max(bytes.count, width)) { room in
            let start = room.count
            for index in bytes.indices { room.append(bytes[index]) }
            room.appendBlanks(width - (room.count - start))
        }
    }

    /// Appends a text in UTF-8 and a number in decimal digits behind it.
    package mutating func append(_ text: String, _ number: UInt32) {
        append(text)
        append(decimal: UInt64(number))
    }

    /// Appends a number in decimal digits, with blanks after it until it is `width` bytes wide.
    package mutating func append(decimal number: UInt64, leftIn width: Int = 0) {
        append(addingCapacity: Swift.max(OutputSpan.mostDigits, width)) { room in
            let start = room.count
            room.append(decimal: number)
            room.appendBlanks(width - (room.count - start))
        }
    }

    /// Appends an address in dotted notation.
    package mutating func append(_ address: IPv4Address) {
        append(addingCapacity: 15) { $0.append(address) }
    }

    /// Appends an address in dotted notation, a colon and a port.
    package mutating func append(_ address: IPv4Address, port: UInt16) {
        append(addingCapacity: 21) { $0.append(address, port: port) }
    }

    /// Appends so many blanks, none when the number is negative.
    package mutating func appendBlanks(_ count: Int) {
        append(addingCapacity: Swift.max(0, count)) { $0.appendBlanks(count) }
    }
}

// The same within room that a whole line shares.
extension OutputSpan<UInt8> {
    /// No number of 64 bits has more.
    @inlinable
    package static var mostDigits: Int { 20 }

    /// Appends a text in ASCII.
    @inlinable
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes in
            for byte in bytes { append(byte) }
        }
    }

    /// Appends a number in decimal digits.
    @inlinable
    package mutating func append(decimal number: UInt64) {
        guard number < 1000 else {
            append(decimal: number / 10)
            return append(digit: UInt32(truncatingIfNeeded: number % 10))
        }
        // Octets, weights and most ports end here.
        let small = UInt32(truncatingIfNeeded: number)
        if small >= 100 { append(digit: small / 100) }
        if small >= 10 { append(digit: small / 10 % 10) }
        append(digit: small % 10)
    }

    /// Appends the digit of a number below ten.
    @inlinable
    package mutating func append(digit: UInt32) {
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
    }

    /// Appends an address in dotted notation, a colon and a port.
    @inlinable
    package mutating func append(_ address: IPv4Address, port: UInt16) {
        append(address)
        append(UInt8(ascii: ":"))
        append(decimal: UInt64(port))
    }

    /// Appends an address in dotted notation.
    @inlinable
    package mutating func append(_ address: IPv4Address) {
        append(decimal: UInt64(address.value >> 24))
        append(UInt8(ascii: "."))
        append(decimal: UInt64(address.value >> 16 & 0xff))
        append(UInt8(ascii: "."))
        append(decimal: UInt64(address.value >> 8 & 0xff))
        append(UInt8(ascii: "."))
        append(decimal: UInt64(address.value & 0xff))
    }

    /// Appends so many blanks, none when the number is negative.
    @inlinable
    package mutating func appendBlanks(_ count: Int) {
        if count > 0 { append(repeating: 0x20, count: count) }
    }
}
