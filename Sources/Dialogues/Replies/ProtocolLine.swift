/// Commands of one line, which no text of a configuration can end early.
enum ProtocolLine {
    /// The bytes of a command with its end.
    ///
    /// - Parameter words: The command and its arguments; characters that would end the line are left out.
    static func bytes(_ words: String) -> [UInt8] {
        contents(words) + [0x0d, 0x0a]
    }

    /// A text without what would end a line.
    static func contents(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 != 0x0d && $0 != 0x0a && $0 != 0 }
    }
}
