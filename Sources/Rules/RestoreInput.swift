/// The bytes of a file of rules, read line by line as often as wanted.
///
/// Nothing is kept of a line that has been read, so that the input of a large table costs no more than its bytes.
package struct RestoreInput: Sendable {
    /// The name for messages, such as `<stdin>` or a path.
    package let name: String
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        self.name = name
    }

    /// Whether there is nothing at all, not even an empty line.
    package var isEmpty: Bool { bytes.isEmpty }
}

extension RestoreInput: Sequence {
    /// Goes from line to line; the last one need not end in a newline.
    package struct Iterator: IteratorProtocol {
        private let bytes: [UInt8]
        private var position = 0
        private var number = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        package mutating func next() -> RestoreLine? {
            guard position < bytes.count else { return nil }
            let rest = bytes[position...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            number += 1
            position = end + 1
            return RestoreLine(number: number, bytes: rest[..<end])
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(bytes)
    }
}
