/// A line as it is read, after comments are gone and variables replaced, which knows where each of its bytes is written.
struct SourceLine: Sendable {
    private(set) var bytes: ArraySlice<UInt8>
    /// Where the bytes come from, the first part at its beginning.
    private(set) var first: Part
    /// The further parts, in their order.
    private(set) var more: [Part] = []

    /// Bytes that come from one place.
    struct Part: Sendable {
        /// The index of the first byte.
        let start: Int
        /// Where that is written.
        let place: Place
        /// How many bytes there all of it stands for; nil where each stands for itself.
        let width: Int?
    }

    /// Bytes of a file.
    init(_ bytes: ArraySlice<UInt8>, at place: Place) {
        self.bytes = bytes
        first = Part(start: bytes.startIndex, place: place, width: nil)
    }

    /// The part that a byte belongs to; the last one for the end of the line.
    private func part(at index: Int) -> Part {
        guard let next = more.first, index >= next.start else { return first }
        var low = 0
        var high = more.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if more[middle].start <= index { low = middle } else { high = middle }
        }
        return more[low]
    }

    /// Where a byte is written.
    func place(at index: Int) -> Place {
        let part = part(at: index)
        return part.width == nil ? part.place.advanced(by: index - part.start) : part.place
    }
}

extension SourceLine {
    /// Where some bytes are written, and how many they are there: in the innermost text that has all of them.
    func extent(of range: Range<Int>, in sources: SourceFiles) -> (place: Place, length: Int) {
        let start = part(at: range.lowerBound)
        if range.isEmpty || part(at: range.upperBound - 1).start == start.start {
            return (place(at: range.lowerBound), start.width ?? range.count)
        }
        let last = range.upperBound - 1
        var outer = [(place: place(at: last), length: part(at: last).width ?? 1)]
        while let place = outer.last?.place, let expansion = sources.expansion(of: place) {
            outer.append((expansion.place, Int(expansion.length)))
        }
        var place = place(at: range.lowerBound)
        while true {
            if let end = outer.first(where: { $0.place.isInLine(of: place) }) {
                return (place, max(1, Int(end.place.column) + end.length - Int(place.column)))
            }
            guard let expansion = sources.expansion(of: place) else { return (place, 1) }
            place = expansion.place
        }
    }
}
