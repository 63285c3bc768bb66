import Glibc

/// The number that a file begins with.
package enum FileNumber: Hashable, Sendable {
    /// That number; 0 where the file begins otherwise, or is not there.
    case number(Int32)
    /// One that is beyond 32 bits, and says nothing.
    case outOfRange
    /// Somebody is writing the file.
    case beingWritten
    /// Nobody can tell, for want of descriptors.
    case unknown

    /// The bytes that are looked at.
    private static let length = 127

    /// Reads the number of a file.
    package init(of path: String) {
        do throws(SystemFailure) {
            // A pipe in the place of the file would hold up an open without O_NONBLOCK.
            let file = try Descriptor(open: path, O_RDONLY | O_NONBLOCK)
            guard Writers.have(file.number) != true else {
                self = .beingWritten
                return
            }
            var text = [UInt8](repeating: 0, count: Self.length)
            let count = read(file.number, &text, text.count)
            self = FileNumber(text.prefix(max(count, 0)))
        } catch {
            self = error.isExhaustion ? .unknown : .number(0)
        }
    }

    /// Reads a number as strtol(3) does with whatever base: blanks, a sign, and digits of base 16 behind `0x`, of base 8
    /// behind `0`, else of base 10; what follows them says nothing.
    package init(_ text: some Collection<UInt8>) {
        var rest = text.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var base: Int64 = 10
        if rest.first == UInt8(ascii: "0") {
            base = 8
            let digits = rest.dropFirst(2)
            if rest.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x"), digits.first.map(Self.digit) ?? 99 < 16 {
                base = 16
                rest = digits
            }
        }
        var number: Int64 = 0
        for value in rest.lazy.map(Self.digit) {
            guard value < base else { break }
            number = number * base + value
            guard number <= Int64(Int32.max) + 1 else {
                self = .outOfRange
                return
            }
        }
        self = Int32(exactly: isNegative ? -number : number).map { .number($0) } ?? .outOfRange
    }

    /// What a sign counts as a digit; 99 for what is none.
    private static func digit(_ byte: UInt8) -> Int64 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int64(byte - UInt8(ascii: "A")) + 10
        default: 99
        }
    }

    /// Writes a number into a file and a newline behind it; no symbolic link is followed.
    ///
    /// - Parameter overwrites: whether that is done where there is a file already.
    /// - Throws: `SystemFailure` of `open` or `write`.
    package static func write(_ number: Int32, to path: String, overwrites: Bool) throws(SystemFailure) {
        let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK
        do throws(SystemFailure) {
            let file = try Descriptor(open: path, flags | (overwrites ? O_TRUNC : O_EXCL))
            try file.write(Array("\(number)\n".utf8))
        } catch  where error.number == EEXIST && !overwrites {
            return
        }
    }
}
