// The old notation that `inet_aton` of the C library takes, which the words of existing scripts rely on.

extension IPv4Address {
    /// Reads one to four numbers with dots between, each decimal, octal (`0…`) or hexadecimal (`0x…`), the last of
    /// which fills the bytes that remain: `10.1` is 10.0.0.1 and `167772161` too.
    ///
    /// What follows the address after a blank is ignored, as `inet_aton` does.
    public init?(classful text: String) {
        var rest = Substring(text).utf8
        var leading: UInt32 = 0
        var dots: UInt32 = 0
        while true {
            guard let number = Self.takeNumber(from: &rest) else { return nil }
            guard rest.first == UInt8(ascii: ".") else {
                let ends = rest.first.map { $0 == 0x20 || (0x09...0x0d).contains($0) } ?? true
                guard ends, number <= UInt32.max >> (8 * dots) else { return nil }
                self.init(value: leading | number)
                return
            }
            guard dots < 3, number <= 0xff else { return nil }
            leading |= number << (24 - 8 * dots)
            dots += 1
            rest.removeFirst()
        }
    }

    /// Takes what `strtoul` with base 0 takes from the front of `text`, if it begins with a digit and fits 32 bits.
    private static func takeNumber(from text: inout Substring.UTF8View) -> UInt32? {
        guard let first = text.first, (0x30...0x39).contains(first) else { return nil }
        var base: UInt64 = 10
        if first == 0x30 {
            let afterZero = text.dropFirst()
            let isHexadecimal =
                afterZero.first.map { $0 | 0x20 == UInt8(ascii: "x") } == true
                && afterZero.dropFirst().first.flatMap(hexadecimalDigit) != nil
            base = isHexadecimal ? 16 : 8
            if isHexadecimal { text.removeFirst(2) }
        }
        var number: UInt64 = 0
        while let digit = text.first.flatMap(hexadecimalDigit).map(UInt64.init), digit < base {
            number = number * base + digit
            guard number <= UInt64(UInt32.max) else { return nil }
            text.removeFirst()
        }
        return UInt32(number)
    }
}

/// The value of a hexadecimal digit in ASCII.
func hexadecimalDigit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x41 + 10
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
}
