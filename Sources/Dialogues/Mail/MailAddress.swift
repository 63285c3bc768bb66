/// The address of a mailbox, with a name for people perhaps: `root`, `ops@example.com`, `Operators <ops@example.com>`.
package struct MailAddress: Hashable, Sendable {
    /// The address alone, as SMTP has it: printable ASCII without blanks and angle brackets.
    package let mailbox: String
    /// The name for people; nil for none.
    package let name: String?

    /// Reads an address; nil for what can be none, and for what would need more than SMTP has without extensions.
    package init?(_ text: String) {
        let text = Substring(text).trimmed
        var mailbox = text
        var name = Substring()
        if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
            mailbox = text[text.index(after: start)...].dropLast().trimmed
            name = text[..<start].trimmed
            if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        }
        let bytes = mailbox.utf8
        // RFC 5321 has 256 bytes for a path in its brackets.
        guard !bytes.isEmpty, bytes.count <= 254, bytes.allSatisfy(MailAddress.isAllowed) else { return nil }
        guard bytes.first != UInt8(ascii: "@"), bytes.last != UInt8(ascii: "@") else { return nil }
        self.mailbox = String(mailbox)
        self.name = name.isEmpty ? nil : String(name)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        guard (0x21...0x7e).contains(byte) else { return false }
        return !"<>()[]\\,;:\"".utf8.contains(byte)
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmed: Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
