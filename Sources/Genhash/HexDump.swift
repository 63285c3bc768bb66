import Digests

/// Bytes for people, sixteen to a line: place, numbers, characters.
enum HexDump {
    /// The lines, each with its end; places are counted in decimal.
    static func lines(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let line = bytes[start..<min(start + 16, bytes.count)]
            let place = String(start)
            text += String(repeating: "0", count: max(4 - place.count, 0)) + place + "  "
            text += group(line.prefix(8)) + "- " + group(line.dropFirst(8)) + "  "
            let characters = line.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }
            text += String(decoding: characters, as: UTF8.self)
            text += String(repeating: " ", count: 16 - line.count) + "\n"
        }
        return text
    }

    /// Text as it is but for what does more to a terminal than to print: a point stands for it.
    static func printable(_ bytes: [UInt8]) -> String {
        var shown = String.UnicodeScalarView()
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isEndOfLine = scalar == "\n" || scalar == "\r" && scalars.dropFirst(index + 1).first == "\n"
            shown.append(isEndOfLine || scalar == "\t" || isPrintable(scalar) ? scalar : ".")
        }
        return String(shown)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func group(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { Hexadecimal.encode([$0]) + " " }.joined() + String(repeating: "   ", count: 8 - bytes.count)
    }
}
