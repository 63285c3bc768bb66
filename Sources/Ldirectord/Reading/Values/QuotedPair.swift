/// Two texts in quotation marks, and a comma or a blank between.
struct QuotedPair {
    let first: Range<Int>
    let second: Range<Int>
    /// Behind the last quotation mark.
    let end: Int
    /// Whether blanks stand before the comma.
    let isSeparatedLoosely: Bool

    /// Finds the pair that begins with the quotation mark at the beginning of the range and ends with its last one; of
    /// several ways to part it, the one with the longest first text.
    init?(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) {
        let mark = UInt8(ascii: "\"")
        guard let last = bytes.last(mark, in: range), last > range.lowerBound else { return nil }
        // The mark that begins the second text, and the first byte of the separator before it, going to the left.
        var opening = last - 1
        while opening > range.lowerBound {
            guard bytes[opening] == mark else {
                opening -= 1
                continue
            }
            var separator = opening
            var commas = 0
            while bytes[separator - 1].isBlank || bytes[separator - 1] == UInt8(ascii: ",") && commas == 0 {
                separator -= 1
                if bytes[separator] == UInt8(ascii: ",") { commas += 1 }
            }
            if separator < opening, bytes[separator - 1] == mark, separator - 1 > range.lowerBound {
                first = range.lowerBound + 1..<separator - 1
                second = opening + 1..<last
                end = last + 1
                isSeparatedLoosely = commas > 0 && bytes[separator] != UInt8(ascii: ",")
                return
            }
            opening = separator - (separator == opening ? 1 : 0)
        }
        return nil
    }
}
