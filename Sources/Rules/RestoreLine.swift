import Diagnostics

/// One line of a file of rules.
package struct RestoreLine: Sendable {
    /// The number of the line in its file, from 1.
    package let number: Int
    /// The line without its newline.
    package let bytes: ArraySlice<UInt8>

    init(number: Int, bytes: ArraySlice<UInt8>) {
        self.number = number
        self.bytes = bytes
    }

    /// Where the words stand that make up a command: what blanks, tabs and carriage returns part, without `ipvsadm`.
    var words: [Range<Int>] {
        var words: [Range<Int>] = []
        var position = bytes.startIndex
        while let word = word(from: position) {
            if !bytes[word].elementsEqual("ipvsadm".utf8) { words.append(word) }
            position = word.upperBound
        }
        return words
    }

    /// Where the first word stands, whatever it is.
    var firstWord: Range<Int>? { word(from: bytes.startIndex) }

    /// The next word; nil at the end of the line.
    ///
    /// A word that begins with `#` ends the line, the first one and any other: no rule has use for such a word, for
    /// neither options nor addresses, names or numbers begin so, and behind a server is where people write what it is.
    private func word(from position: Int) -> Range<Int>? {
        let rest = bytes[position...]
        guard let start = rest.firstIndex(where: { !Self.isBlank($0) }), bytes[start] != UInt8(ascii: "#") else {
            return nil
        }
        return start..<(bytes[start...].firstIndex(where: Self.isBlank) ?? bytes.endIndex)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d
    }
}

extension RestoreLine {
    /// Says what is wrong with the bytes `place` of this line; nil stands for the whole of its command.
    func diagnostic(file: String, at place: Range<Int>?, message: String, expected: String? = nil) -> Diagnostic {
        let all = place == nil ? words : []
        let place = place ?? (all.first?.lowerBound ?? bytes.startIndex)..<(all.last?.upperBound ?? bytes.startIndex)
        return Diagnostic(
            file: file,
            line: number,
            bytes: bytes,
            place: place,
            message: message,
            expected: expected
        )
    }
}
