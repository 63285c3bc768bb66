/// A piece of a line of text, fit to be shown to people, with a part of it pointed at.
package struct LineExcerpt: Hashable, Sendable {
    /// The text, every character of it visible; where something was left out stands `…`.
    package let text: String
    /// Blanks, `^` and `~`: the line to show below `text`.
    package let mark: String

    /// The most characters that are shown.
    private static let width = 100
    /// How many of them come before the offending text when the line is longer.
    private static let lead = 40
    /// The most bytes of a character.
    private static let longestCharacter = 4

    /// Shows the bytes of a line around `place`; an empty place at the end points behind the line.
    init(of line: ArraySlice<UInt8>, at place: Range<Int>) {
        var window = line
        if line.count > Self.width * Self.longestCharacter {
            window = line[max(line.startIndex, place.lowerBound - Self.lead * Self.longestCharacter)...]
            window = window.prefix(place.lowerBound - window.startIndex + Self.width * Self.longestCharacter)
            if window.startIndex > line.startIndex {
                // The rest of a character that was cut; more of the kind is no text.
                let rest = window.prefix(Self.longestCharacter - 1).prefix { Self.isContinuation($0) }
                window = window[rest.endIndex...]
            }
        }
        let shown = Array(String(decoding: window, as: UTF8.self).unicodeScalars)
        let highlighted = Self.characterCount(line[place].prefix(window.endIndex - place.lowerBound))
        let before = String(decoding: line[window.startIndex..<place.lowerBound], as: UTF8.self).unicodeScalars.count
        let start = shown.count <= Self.width ? 0 : max(0, min(before - Self.lead, shown.count - Self.width))

        var text = start > 0 || window.startIndex > line.startIndex ? "…" : ""
        var indent = text.unicodeScalars.count
        var length = 0
        for (index, scalar) in shown.enumerated().dropFirst(start).prefix(Self.width) {
            let visible = Self.visible(scalar)
            text += visible
            if index < before {
                indent += visible.unicodeScalars.count
            } else if index < before + highlighted {
                length += visible.unicodeScalars.count
            }
        }
        if shown.count - start > Self.width || window.endIndex < line.endIndex { text += "…" }
        self.text = text
        mark = String(repeating: " ", count: indent) + "^" + String(repeating: "~", count: max(length, 1) - 1)
    }

    /// How many characters of UTF-8 begin in the bytes.
    static func characterCount(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.count { !isContinuation($0) }
    }

    private static func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xc0 == 0x80
    }

    /// A text without characters that a terminal would act on or not show.
    static func visible(_ text: String) -> String {
        text.unicodeScalars.map(visible).joined()
    }

    /// A character, or what stands for one that a terminal would act on or not show.
    private static func visible(_ scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return String(picture) }
        switch scalar.properties.generalCategory {
        case .spaceSeparator where scalar != " ": return "\\u{\(String(scalar.value, radix: 16))}"
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            return "\\u{\(String(scalar.value, radix: 16))}"
        default: return String(scalar)
        }
    }
}
