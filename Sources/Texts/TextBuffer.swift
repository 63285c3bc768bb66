package import Addresses

/// Text on its way out, as bytes, with what columns need.
///
/// Listings are made of hundreds of thousands of small pieces: they are appended here without a string in between.
package struct TextBuffer: Sendable {
    /// What it says, in UTF-8.
    @usableFromInline
    package internal(set) var bytes: [UInt8] = []

    @inlinable
    package init() {}

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    @inlinable
    package var isEmpty: Bool { bytes.isEmpty }

    @inlinable
    package var count: Int { bytes.count }

    package mutating func append(_ text: String) {
        bytes.append(text)
    }

    @inlinable
    package mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends the bytes of another text in a range, which lies within it.
    package mutating func append(_ text: TextBuffer, _ range: Range<Int>) {
        bytes.append(contentsOf: text.bytes[range])
    }

    /// Appends a number in decimal digits.
    @inlinable
    package mutating func append(_ number: some FixedWidthInteger) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: UInt64(truncatingIfNeeded: number.magnitude))
    }

    /// Appends an address in dotted notation.
    package mutating func append(_ address: IPv4Address) {
        bytes.append(address)
    }

    /// Appends an address in dotted notation, a colon and a port.
    package mutating func append(_ address: IPv4Address, port: UInt16) {
        bytes.append(address, port: port)
    }

    /// Appends a time as a number of seconds, with as many digits behind the point as it takes, of nine.
    package mutating func append(seconds time: Duration) {
        let (seconds, attoseconds) = time.components
        let nanoseconds = (attoseconds / 1_000_000_000).magnitude
        if seconds == 0, attoseconds < 0 { append(byte: UInt8(ascii: "-")) }
        append(seconds)
        guard nanoseconds > 0 else { return }
        append(byte: UInt8(ascii: "."))
        append(UInt64(nanoseconds), zeroPaddedTo: 9)
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }

    /// Appends a number with zeros before it until it has `width` digits.
    package mutating func append(_ number: UInt64, zeroPaddedTo width: Int) {
        let start = bytes.count
        append(number)
        let missing = width - (bytes.count - start)
        if missing > 0 { bytes.insert(contentsOf: repeatElement(0x30, count: missing), at: start) }
    }

    /// Appends a number with blanks before it until it is `width` wide.
    package mutating func append(_ number: UInt64, rightIn width: Int) {
        var digits = 1
        var rest = number / 10
        while rest != 0 {
            digits += 1
            rest /= 10
        }
        appendBlanks(width - digits)
        append(number)
    }

    package mutating func append(_ text: String, leftIn width: Int) {
        bytes.append(text, leftIn: width)
    }

    package mutating func append(_ text: String, rightIn width: Int) {
        appendBlanks(width - text.utf8.count)
        append(text)
    }

    package mutating func append(_ number: UInt64, leftIn width: Int) {
        bytes.append(decimal: number, leftIn: width)
    }

    /// Appends blanks until what begins at `start` is `width` wide.
    @inlinable
    package mutating func pad(from start: Int, to width: Int) {
        appendBlanks(width - (bytes.count - start))
    }

    /// Cuts what begins at `start` down to `width`.
    package mutating func cut(from start: Int, to width: Int) {
        let excess = bytes.count - start - width
        if excess > 0 { bytes.removeLast(excess) }
    }

    /// Appends so many blanks, none when the number is negative.
    package mutating func appendBlanks(_ count: Int) {
        bytes.appendBlanks(count)
    }

    /// Makes room for so many bytes.
    package mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    /// Lets `body` append bytes itself.
    @inlinable
    package mutating func withBytes(_ body: (inout [UInt8]) -> Void) {
        body(&bytes)
    }

    /// Empties it and keeps its memory.
    @inlinable
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }
}
