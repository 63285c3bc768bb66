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

    /// Reads a number by strtol(3), of whatever base it tells by its beginning; what follows it says nothing.
    package init(_ text: some Collection<UInt8>) {
        var text = text.map { CChar(bitPattern: $0) }
        text.append(0)
        errno = 0
        let number = strtol(text, nil, 0)
        self = errno == 0 ? Int32(exactly: number).map { .number($0) } ?? .outOfRange : .outOfRange
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
