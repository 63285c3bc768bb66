/// Bytes as pairs of hexadecimal digits.
package enum Hexadecimal {
    /// Two digits a byte, in lower case.
    package static func encode(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes of pairs of digits in either case; nil for anything else.
    package static func decode(_ text: String) -> [UInt8]? {
        var rest = Substring(text).utf8
        var bytes: [UInt8] = []
        while let first = rest.popFirst() {
            guard let high = digit(first), let second = rest.popFirst(), let low = digit(second) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
