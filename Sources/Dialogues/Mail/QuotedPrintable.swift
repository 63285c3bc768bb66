/// Text of a mail in lines of printable ASCII, RFC 2045.
enum QuotedPrintable {
    /// One line of text, as lines of at most 76 characters of which all but the last end in `=`.
    static func lines(_ text: some Collection<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            let isBlank = byte == 0x20 || byte == 0x09
            let isPlain = (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !rest.isEmpty
            let shown = isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if line.count + shown.count > 75 {
                lines.append(line + [UInt8(ascii: "=")])
                line = []
            }
            line += shown
        }
        return lines + [line]
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
