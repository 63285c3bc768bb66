/// Puts a line together from pieces that are written in different places.
struct LineBuilder {
    private var bytes: [UInt8] = []
    private var parts: [SourceLine.Part] = []

    /// Begins with room for so many bytes.
    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// How many bytes there are.
    var count: Int { bytes.count }

    /// Adds bytes of a place; with a width, all of them stand for so many bytes there.
    mutating func append(_ piece: some Collection<UInt8>, at place: Place, width: Int? = nil) {
        guard !piece.isEmpty else { return }
        parts.append(SourceLine.Part(start: bytes.count, place: place, width: width))
        bytes.append(contentsOf: piece)
    }

    /// Adds a part of a line, whose bytes stay where they are.
    mutating func append(_ line: SourceLine, _ range: Range<Int>) {
        for part in line.parts(of: range) { append(line.bytes[part.range], at: part.place, width: part.width) }
    }

    /// Adds a line that was brought here by an expansion.
    mutating func append(_ line: SourceLine, broughtBy expansion: Int32) {
        for part in line.parts(of: line.bytes.indices) {
            append(line.bytes[part.range], at: part.place.broughtBy(expansion), width: part.width)
        }
    }

    /// The line; one without bytes is at that place.
    func line(orAt place: Place) -> SourceLine {
        guard let first = parts.first else { return SourceLine([], at: place) }
        return SourceLine(bytes[...], first: first, more: Array(parts.dropFirst()))
    }
}

extension SourceLine {
    /// The same line, brought to another place.
    func broughtBy(_ expansion: Int32) -> SourceLine {
        var builder = LineBuilder(capacity: bytes.count)
        builder.append(self, broughtBy: expansion)
        return builder.line(orAt: place(at: bytes.startIndex).broughtBy(expansion))
    }
}
