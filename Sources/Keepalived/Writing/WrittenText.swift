import Configuration
import Digests
import Texts

/// Puts statements into the text of a file, or into a document for programs.
struct WrittenText {
    let hidesSecrets: Bool
    private(set) var text = ""

    init(_ statements: [WrittenStatement], hidesSecrets: Bool) {
        self.hidesSecrets = hidesSecrets
        for statement in statements { append(statement, indent: "") }
    }

    private mutating func append(_ statement: WrittenStatement, indent: String) {
        text += indent + statement.keyword
        for (index, value) in statement.values.enumerated() {
            text += (statement.keyword.isEmpty && index == 0 ? "" : " ") + string(value)
        }
        guard let block = statement.block else { return text += "\n" }
        text += " {\n"
        for inner in block { append(inner, indent: indent + "    ") }
        text += indent + "}\n"
    }

    private func string(_ value: WrittenValue) -> String {
        switch value {
        case .word(let word): word
        case .number(let number): String(number)
        case .time(let time): time.secondsText
        case .boolean(let isOn): isOn ? "on" : "off"
        case .text(let text): Self.quoted(text)
        case .script(let text): Self.scriptQuoted(text)
        case .secret(let text): hidesSecrets ? "hidden" : Self.quoted(text)
        }
    }

    /// A text as most values are read: no sign in quotes has a meaning but a quote and the name of a variable in braces.
    static func quoted(_ text: String) -> String { "\"\(text)\"" }

    /// Whether a text can be a value in that reading.
    static func canQuote(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        // A backslash before the last quote hides it from the reading of comments.
        guard !bytes.contains(where: { $0 == 0 || $0 == 0x0a || $0 == UInt8(ascii: "\"") }),
            bytes.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count.isMultiple(of: 2)
        else { return false }
        return !zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "{") }
    }

    /// A text as scripts and patterns are read, in which a backslash has a meaning.
    ///
    /// Neither a quote nor a dollar sign stands in it as such: what reads lines and variables before would find them.
    static func scriptQuoted(_ text: String) -> String {
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): quoted += [byte, byte]
            case UInt8(ascii: "\""), UInt8(ascii: "$"), 0..<0x20, 0x7f:
                quoted += Array("\\x\(Hexadecimal.encode([byte]))".utf8)
            default: quoted.append(byte)
            }
        }
        return String(decoding: quoted + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    /// Words as one text that takes apart into them when it is read as a command line.
    static func commandLine(_ words: [String]) -> String {
        words.map { word in
            let isPlain = !word.isEmpty && word.utf8.allSatisfy { !$0.isBlank && !"\"'\\".utf8.contains($0) }
            guard !isPlain else { return word }
            let body = word.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): [UInt8(ascii: "\\"), byte]
                default: [byte]
                }
            }
            return "\"\(String(decoding: body, as: UTF8.self))\""
        }.joined(separator: " ")
    }
}

extension [WrittenStatement] {
    /// The statements as members; those of one keyword are a list under it.
    ///
    /// - Parameter lines: the name of the list of lines without a keyword.
    func document(hidesSecrets: Bool, lines: String = "addresses") -> DocumentValue {
        var order: [String] = []
        var values: [String: [DocumentValue]] = [:]
        for statement in self {
            let name = statement.keyword.isEmpty ? lines : statement.keyword
            if values[name] == nil { order.append(name) }
            values[name, default: []].append(statement.document(hidesSecrets: hidesSecrets))
        }
        return .object(
            order.map { name in
                let list = values[name] ?? []
                let isList = Self.repeated.contains(name) || list.count > 1
                return DocumentValue.Member(name, isList ? .list(list) : list.first ?? .absent)
            }
        )
    }

    /// The keywords that may stand several times, which are lists however many there are.
    private static let repeated: Set<String> = [
        "virtual_server", "virtual_server_group", "real_server", "track_file", "addresses", "TCP_CHECK", "HTTP_GET",
        "SSL_GET", "SMTP_CHECK", "DNS_CHECK", "MISC_CHECK", "UDP_CHECK", "PING_CHECK", "FILE_CHECK", "url",
        "vrrp_instance", "vrrp_sync_group", "vrrp_script", "vrrp_track_process", "track_group", "garp_group", "key",
        "lines",
    ]
}

extension WrittenStatement {
    fileprivate func document(hidesSecrets: Bool) -> DocumentValue {
        let own: [DocumentValue] = values.map { value in
            switch value {
            case .word(let text), .text(let text), .script(let text): .string(text)
            case .number(let number): .number(Int(number))
            case .time(let time): .time(time)
            case .boolean(let isOn): .boolean(isOn)
            case .secret(let text): .string(hidesSecrets ? "hidden" : text)
            }
        }
        guard let block else {
            // A line is what it says, as it is written.
            if keyword.isEmpty, values.count > 1 {
                return .string(WrittenText([self], hidesSecrets: hidesSecrets).text.filter { $0 != "\n" })
            }
            return own.count > 1 ? .list(own) : own.first ?? .boolean(true)
        }
        let lines = keyword.hasSuffix("address") || keyword == "notification_email" ? "addresses" : "lines"
        guard case .object(let members) = block.document(hidesSecrets: hidesSecrets, lines: lines) else {
            return .absent
        }
        let name: [DocumentValue.Member] = own.isEmpty ? [] : [.init("name", own.count > 1 ? .list(own) : own[0])]
        return .object(name + members)
    }
}
