/// Puts the lines of a file together from the pieces in which it is read.
struct LineAssembler {
    /// The most bytes of a line that are kept: a hundred times the longest line of the kernel, whose persistence engines
    /// keep 255 bytes of a connection, and little for a file that is none of the kernel's.
    static let longestLine = 64 << 10

    private var line: [UInt8] = []

    /// Takes the next piece and gives every line that ends in it, without its newline, to `body`, until that returns
    /// false.
    ///
    /// - Returns: whether more is wanted.
    mutating func take(_ piece: some Collection<UInt8>, _ body: (String) -> Bool) -> Bool {
        for byte in piece {
            if byte == UInt8(ascii: "\n") {
                let text = String(decoding: line, as: UTF8.self)
                line.removeAll(keepingCapacity: true)
                guard body(text) else { return false }
            } else if line.count < Self.longestLine {
                line.append(byte)
            }
        }
        return true
    }
}
