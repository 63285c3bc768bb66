/// The names that a file of iproute2 has for numbers: `rt_tables`, `rt_protos`, `rt_scopes`, `rt_realms`, `rt_dsfield`, `group`.
package struct NumberNames: Hashable, Sendable {
    /// The numbers by their names.
    package private(set) var numbers: [String: UInt32] = [:]

    /// The most bytes of a file that are looked at.
    private static let longest = 1 << 20

    /// Makes a list without names.
    package init() {}

    /// Reads a file of lines with a number and a name.
    ///
    /// The number is decimal, or behind `0x` hexadecimal. A line that is none of this is passed over, as `ip` does, and so is
    /// what is behind `#`.
    package init(reading bytes: [UInt8]) {
        for line in bytes.prefix(Self.longest).split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            let text = line.prefix { $0 != UInt8(ascii: "#") }
            let words = text.split(maxSplits: 2) { $0 == 0x20 || $0 == 0x09 }
            guard words.count >= 2, let number = Self.number(String(decoding: words[0], as: UTF8.self)) else {
                continue
            }
            numbers[String(decoding: words[1], as: UTF8.self)] = number
        }
    }

    /// Takes the names of another file, which count where both have one.
    package mutating func merge(_ other: NumberNames) {
        numbers.merge(other.numbers) { $1 }
    }

    /// A number as these files have it, and the words of `ip`.
    package static func number(_ text: String) -> UInt32? {
        let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
        let digits = isHexadecimal ? text.dropFirst(2) : text[...]
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return UInt32(digits, radix: isHexadecimal ? 16 : 10)
    }
}
