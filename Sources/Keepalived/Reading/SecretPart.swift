/// The part of a line that is quoted nowhere, since it is a password.
enum SecretPart {
    /// The keywords of what is secret.
    private static let keywords = ["auth_pass", "password"].map { Array($0.utf8) }
    /// The most bytes of a line that are looked at: the rest of a longer one is not shown either.
    private static let longestLook = 4096

    /// A line as it may be shown, with `…` for what is secret, and where a range of it is then.
    static func hidden(in line: ArraySlice<UInt8>, _ place: Range<Int>) -> (line: ArraySlice<UInt8>, place: Range<Int>)
    {
        guard let secret = range(in: line) else { return (line, place) }
        let instead = Array("…".utf8)
        let start = line.startIndex
        let shown = line[..<secret.lowerBound] + instead
        let hidden = secret.lowerBound - start..<secret.lowerBound - start + instead.count
        // A slice that was put together begins at 0.
        let lower = place.lowerBound < secret.lowerBound ? place.lowerBound - start : hidden.lowerBound
        let upper = place.upperBound <= secret.lowerBound ? place.upperBound - start : hidden.upperBound
        return (ArraySlice(Array(shown)), lower..<max(lower, upper))
    }

    /// What stands behind such a keyword, up to the end of the line; nil where there is none.
    private static func range(in line: ArraySlice<UInt8>) -> Range<Int>? {
        let looked = line.prefix(longestLook)
        for index in looked.indices where index == line.startIndex || !looked[index - 1].isOfName {
            for keyword in keywords where looked[index...].starts(with: keyword) {
                let end = index + keyword.count
                let value = looked[end...].firstIndex { !$0.isBlank } ?? looked.endIndex
                guard value > end, value < looked.endIndex else { continue }
                return value..<line.endIndex
            }
        }
        return nil
    }
}
