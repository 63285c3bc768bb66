/// A line as it is read, after comments are gone and variables replaced, which knows where each of its bytes is written.
struct SourceLine: Sendable {
    let bytes: ArraySlice<UInt8>
    /// Where the bytes come from, the first part at its beginning or before it.
    private let first: Part
    /// The further parts, in their order.
    private let more: [Part]

    /// Bytes that come from one place.
    struct Part: Sendable {
        /// The index of the first byte.
        let start: Int
        /// Where that is written.
        let place: Place
        /// How many bytes there all of it stands for; nil where each stands for itself.
        let width: Int?
    }

    /// Bytes of a file; with a width, all of them stand for so many bytes there.
    init(_ bytes: ArraySlice<UInt8>, at place: Place, width: Int? = nil) {
        self.bytes = bytes
        first = Part(start: bytes.startIndex, place: place, width: width)
        more = []
    }

    /// Bytes of several places, at least of one.
    init(_ bytes: ArraySlice<UInt8>, first: Part, more: [Part]) {
        self.bytes = bytes
        self.first = first
        self.more = more
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// A part of the line, whose indices stay what they are.
    subscript(range: Range<Int>) -> SourceLine {
        SourceLine(bytes[range], first: first, more: more)
    }

    /// The line without blanks at its ends.
    var trimmed: SourceLine {
        var range = bytes.indices
        while let index = range.first, bytes[index].isBlank { range = range.dropFirst() }
        while let index = range.last, bytes[index].isBlank { range = range.dropLast() }
        return self[range]
    }

    /// The place of a part that a byte belongs to, and that of the end of the line; -1 is the first part.
    private func partNumber(at index: Int) -> Int {
        var low = -1
        var high = more.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if more[middle].start <= index { low = middle } else { high = middle }
        }
        return low
    }

    private func part(at index: Int) -> Part {
        let number = partNumber(at: index)
        return number < 0 ? first : more[number]
    }

    /// Where a byte is written.
    func place(at index: Int) -> Place {
        let part = more.isEmpty ? first : part(at: index)
        return part.width == nil ? part.place.advanced(by: index - part.start) : part.place
    }

    /// The parts that a range of the bytes has, with the range of each.
    func parts(of range: Range<Int>) -> [(range: Range<Int>, place: Place, width: Int?)] {
        var parts: [(Range<Int>, Place, Int?)] = []
        var number = partNumber(at: range.lowerBound)
        var start = range.lowerBound
        while start < range.upperBound {
            let next = number + 1 < more.count ? more[number + 1].start : range.upperBound
            let end = min(max(next, start), range.upperBound)
            let part = number < 0 ? first : more[number]
            if end > start { parts.append((start..<end, place(at: start), part.width)) }
            start = end
            number += 1
        }
        return parts
    }

    /// Where some bytes are written, and how many they are there: in the innermost text that has all of them.
    func extent(of range: Range<Int>, in sources: SourceFiles) -> (place: Place, length: Int) {
        // A line of a file, as most are, has one part.
        if more.isEmpty { return (place(at: range.lowerBound), first.width ?? range.count) }
        let start = part(at: range.lowerBound)
        let last = range.upperBound - 1
        if range.isEmpty || part(at: last).start == start.start {
            return (place(at: range.lowerBound), start.width ?? range.count)
        }
        var ends = [(place: place(at: last), length: part(at: last).width ?? 1)]
        while let place = ends.last?.place, let expansion = sources.expansion(of: place) {
            ends.append((expansion.place, Int(expansion.length)))
        }
        var place = place(at: range.lowerBound)
        while true {
            if let end = ends.first(where: { $0.place.isInLine(of: place) }) {
                return (place, max(1, Int(end.place.column) + end.length - Int(place.column)))
            }
            guard let expansion = sources.expansion(of: place) else { return (place, 1) }
            place = expansion.place
        }
    }
}

extension UInt8 {
    /// Whether this separates words; a byte 0 does, after it has been told of.
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) || self == 0 }
    var isBrace: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "}") }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// Whether the name of a variable may begin with this.
    var beginsName: Bool { self == UInt8(ascii: "_") || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }
    /// Whether this may stand in the name of a variable.
    var isOfName: Bool { beginsName || isDigit }
}
