import Addresses
import IPVS

/// Reads the values behind a word by a rule, and says what is wrong with them.
struct ValueReader {
    /// The word that the values belong to.
    private(set) var keyword: Word
    /// What stands behind it, as it is written; nil where that is not known.
    private(set) var rest: RawText?
    /// The words that have not been taken.
    var words: ArraySlice<Word> = []
    var findings: Findings

    init(findings: Findings) {
        keyword = Word(text: "", isQuoted: false, place: Place(file: 0, line: 1), length: 0)
        self.findings = findings
    }

    /// What words behind a keyword say by a rule; nil where they say nothing that can be used, which has been told.
    ///
    /// - Parameter rest: what stands behind the keyword, as it is written; nil where that is not known.
    mutating func values(
        of rule: ValueRule,
        behind keyword: Word,
        _ rest: RawText?,
        _ words: ArraySlice<Word>
    ) -> [ReadValue]? {
        (self.keyword, self.rest, self.words) = (keyword, rest, words)
        // What is taken for an address of mail is told as that.
        if case .mailAddresses = rule {} else if notePlaceholders() { return nil }
        if case .anything = rule { return [] }
        if case .bare = rule {
            noteUnread(
                "\(keyword.text) takes no value, and this one is not looked at: the word alone switches on",
                asError: false
            )
            return []
        }
        let values = read(rule)
        // What has a value that is wrong may have more behind it than is known.
        if values != nil { noteLeftOver(rule) }
        return values
    }

    mutating func next() -> Word? { words.popFirst() }

    /// The word behind another that wants one; nil where it is missing, which is told.
    mutating func operand(of word: Word) -> Word? {
        if let operand = next() { return operand }
        findings.error("a value of \(word.text) is missing", at: word)
        return nil
    }

    /// Reads by a rule; nil where that comes to nothing.
    mutating func read(_ rule: ValueRule) -> [ReadValue]? {
        guard !words.isEmpty || rule.isOptional else {
            if case .lenient = rule {
                findings.warning("a value of \(keyword.text) is missing, and the word does nothing", at: keyword)
            } else {
                findings.error("a value of \(keyword.text) is missing", at: keyword)
            }
            return nil
        }
        switch rule {
        case .none, .bare: return []
        case .anything:
            words = []
            return []
        case .optional(let inner): return words.isEmpty ? [] : read(inner)
        case .lenient(let inner): return read(inner)
        case .sequence(let rules):
            var values: [ReadValue] = []
            for rule in rules {
                guard let more = read(rule) else { return nil }
                values += more
            }
            return values
        case .several(let inner):
            var values: [ReadValue] = []
            while !words.isEmpty {
                guard let more = read(inner) else { return nil }
                values += more
            }
            return values
        case .number, .time, .weight, .initialValue: return readNumber(rule)
        case .toggle, .text, .interface, .path, .name, .choice, .caselessChoice, .choices, .tracked, .family,
            .scheduler, .transport:
            return readWord(rule)
        case .script, .program, .account, .pipe, .pattern: return readProgram(rule)
        case .address, .port, .endpoint, .mailServer, .identity, .mask, .groupEntry, .peer, .interfaceAddress,
            .mailAddresses:
            return readAddress(rule)
        case .forwarding: return readForwarding()
        case .digest, .statuses, .bytes, .reply: return readContents(rule)
        case .timeouts: return readTimeouts()
        case .syncDaemon: return readSyncDaemon()
        case .route: return readRoute()
        case .rule: return readRule()
        case .macvlan: return readMacvlan()
        case .ipvlan: return readIpvlan()
        case .extraAnnouncements: return readExtraAnnouncements()
        case .key: return readKey()
        case .trackedServer: return readTrackedServer()
        }
    }
}

// What stands where values may not.
extension ValueReader {
    /// Tells of words that stand for a value that somebody has to put there; whether there is one.
    private mutating func notePlaceholders() -> Bool {
        var isFound = false
        for word in words where Self.isPlaceholder(word) {
            findings.error("\(word.text) stands for a value, and is none", at: word)
            isFound = true
        }
        return isFound
    }

    /// Whether a word is one of those that manuals have for values: `<INT>`, `...`.
    static func isPlaceholder(_ word: Word) -> Bool {
        guard !word.isQuoted else { return false }
        let text = word.text.utf8
        switch text.first {
        case UInt8(ascii: "<"):
            return text.last == UInt8(ascii: ">") && text.count > 2 && !text.contains(UInt8(ascii: "@"))
                && !text.contains(UInt8(ascii: "/"))
        case UInt8(ascii: "."): return word.text == "..."
        default: return false
        }
    }

    private mutating func noteLeftOver(_ rule: ValueRule) {
        switch rule {
        case .script, .program:
            noteUnread(
                "\(words.first?.text ?? "") is not passed to the program",
                asError: true,
                expected: "program and arguments in quotes"
            )
        case .none:
            noteUnread(
                "\(keyword.text) takes no value, and this one is not looked at",
                asError: false,
                expected: joinedWord
            )
        default: noteUnread("the words from here on are not looked at", asError: false)
        }
    }

    /// The word that somebody meant who wrote it as two: `preempt delay 300`; nil where there is none.
    private var joinedWord: String? {
        guard let first = words.first else { return nil }
        let joined = "\(keyword.text)_\(first.text)"
        guard !WordTable.owners(of: joined).isEmpty else { return nil }
        return ([joined] + words.dropFirst().map(\.text)).joined(separator: " ")
    }

    private mutating func noteUnread(_ message: String, asError isError: Bool, expected: String? = nil) {
        guard let word = words.first else { return }
        words = []
        if isError {
            findings.error(message, at: word, expected: expected)
        } else {
            findings.warning(message, at: word, expected: expected)
        }
    }
}
