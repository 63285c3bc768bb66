import Addresses
import IPVS

/// A block whose words are known and whose values are read.
struct CheckedBlock: Sendable {
    let scope: Scope
    /// The word that the block belongs to; of the whole file, a place at its beginning.
    let keyword: Word
    /// How many blocks began before it.
    var order = 0
    /// The values behind that word.
    var values: [ReadValue] = []
    /// What stands in it, in the order of the file; what could not be read is not among it.
    private(set) var entries: [Entry] = []
    /// The words that stand in it, each once: no more than the table has, whatever the number of entries.
    private var said: [SaidWord] = []

    init(scope: Scope, keyword: Word, order: Int = 0, values: [ReadValue] = []) {
        self.scope = scope
        self.keyword = keyword
        self.order = order
        self.values = values
    }

    /// A word with its values.
    struct Entry: Sendable {
        let rule: WordRule
        let keyword: Word
        var values: [ReadValue] = []
        var block: CheckedBlock?
    }

    /// Where a word stands.
    private struct SaidWord: Sendable {
        let meaning: String
        /// The line where it stands first.
        let line: Int32
        /// Its first and its last entry, by their places; nil while none could be read.
        var entries: ClosedRange<Int32>?
        /// Whether there were values that come to nothing, which has been told.
        var hasFailed = false
    }

    private func number(of name: String) -> Int? { said.firstIndex { $0.meaning == name } }

    /// The places of the first and the last entry of a word.
    private func places(of name: String) -> ClosedRange<Int32>? { number(of: name).flatMap { said[$0].entries } }

    /// All entries of a word, in the order of the file.
    func all(_ name: String) -> [Entry] {
        guard let places = places(of: name) else { return [] }
        return entries[Int(places.lowerBound)...Int(places.upperBound)].filter { $0.rule.meaning == name }
    }

    /// The entry that counts: the last, or the first of a word whose first counts.
    func entry(_ name: String) -> Entry? { place(of: name).map { entries[$0] } }

    /// The first value of the entry that counts.
    private func value(_ name: String) -> Value? { place(of: name).flatMap { entries[$0].values.first?.value } }

    /// The place of the entry that counts.
    private func place(of name: String) -> Int? {
        guard let places = places(of: name) else { return nil }
        let isFirst = entries[Int(places.lowerBound)].rule.repetition == .first
        return Int(isFirst ? places.lowerBound : places.upperBound)
    }

    /// Whether a word stands in it.
    func has(_ name: String) -> Bool { places(of: name) != nil }

    /// Whether a word stands in it, with a value that could be read or not.
    func mentions(_ name: String) -> Bool { number(of: name) != nil }

    /// Whether a word stands in it with a value that comes to nothing.
    func hasFailed(_ name: String) -> Bool { number(of: name).map { said[$0].hasFailed } ?? false }

    /// Whether any of its words does.
    var hasFailures: Bool { said.contains(where: \.hasFailed) }

    /// The blocks of a word.
    func blocks(_ name: String) -> [CheckedBlock] { all(name).compactMap(\.block) }

    func number(_ name: String) -> Int64? {
        if case .number(let number)? = value(name) { number } else { nil }
    }

    func time(_ name: String) -> Duration? {
        if case .time(let time)? = value(name) { time } else { nil }
    }

    func boolean(_ name: String) -> Bool? {
        if case .boolean(let value)? = value(name) { value } else { nil }
    }

    func text(_ name: String) -> String? {
        if case .text(let text)? = value(name) { text } else { nil }
    }

    func address(_ name: String) -> IPAddress? {
        if case .address(let address)? = value(name) { address } else { nil }
    }

    func port(_ name: String) -> UInt16? { number(name).map { UInt16(clamping: $0) } }

    func script(_ name: String) -> Value.Script? {
        if case .script(let script)? = value(name) { script } else { nil }
    }

    func bytes(_ name: String) -> [UInt8]? {
        if case .bytes(let bytes)? = value(name) { bytes } else { nil }
    }

    func reply(_ name: String) -> Value.ReplyPattern? {
        if case .reply(let pattern)? = value(name) { pattern } else { nil }
    }

    func account(_ name: String) -> Value.Account? {
        if case .account(let account)? = value(name) { account } else { nil }
    }

    func forwarding(_ name: String) -> (method: ForwardingMethod, tunnel: Tunnel)? {
        if case .forwarding(let method, let tunnel)? = value(name) {
            (method, tunnel)
        } else {
            nil
        }
    }

    func mailServer(_ name: String) -> (host: String, port: UInt16)? {
        if case .mailServer(let host, let port)? = value(name) { (host, port) } else { nil }
    }

    /// The status codes of all entries of a word.
    func statuses(_ name: String) -> [ClosedRange<UInt16>] {
        all(name).flatMap { entry in
            if case .statuses(let ranges)? = entry.values.first?.value { ranges } else { [ClosedRange<UInt16>]() }
        }
    }

    /// The addresses of mail in all blocks of a word.
    func recipients(_ name: String) -> [String] {
        blocks(name).flatMap(\.entries).flatMap(\.values).flatMap { value in
            if case .texts(let texts) = value.value { texts } else { [String]() }
        }
    }
}

// How it comes to be.
extension CheckedBlock {
    /// Makes room for so many entries more.
    mutating func reserve(_ count: Int) { entries.reserveCapacity(entries.count + count) }

    /// Takes note that a word stands in it.
    ///
    /// - Returns: the number of the word, and the line where it stands first, which is nil where that is here.
    mutating func note(_ rule: WordRule, _ keyword: Word) -> (word: Int, first: Int32?) {
        if let number = number(of: rule.meaning) { return (number, said[number].line) }
        said.append(SaidWord(meaning: rule.meaning, line: keyword.place.line))
        return (said.count - 1, nil)
    }

    /// Adds a word of that number, with its values.
    mutating func append(_ entry: Entry, as word: Int) {
        let place = Int32(clamping: entries.count)
        entries.append(entry)
        said[word].entries = (said[word].entries?.lowerBound ?? place)...place
    }

    /// Takes note that the values of a word of that number come to nothing.
    mutating func fail(_ word: Int) { said[word].hasFailed = true }

    /// Takes the block of its last entry out, so that nobody else has it while it is read on.
    mutating func takeLastBlock() -> CheckedBlock? {
        guard let last = entries.indices.last else { return nil }
        defer { entries[last].block = nil }
        return entries[last].block
    }

    /// Puts the block of its last entry back.
    mutating func putLastBlock(_ block: CheckedBlock) {
        guard let last = entries.indices.last else { return }
        entries[last].block = block
    }

    /// Adds what stands in another block.
    mutating func join(_ other: CheckedBlock) {
        for entry in other.entries { append(entry, as: note(entry.rule, entry.keyword).word) }
        for word in other.said where word.hasFailed {
            if let number = number(of: word.meaning) {
                said[number].hasFailed = true
            } else {
                said.append(SaidWord(meaning: word.meaning, line: word.line, hasFailed: true))
            }
        }
    }
}

extension CheckedBlock.Entry {
    /// The first of its values, if it is a number.
    var number: Int64? {
        if case .number(let number)? = values.first?.value { number } else { nil }
    }

    /// The first of its values, if it is a text.
    var text: String? {
        if case .text(let text)? = values.first?.value { text } else { nil }
    }

    /// The word that its value was read from; its keyword where it has none.
    var place: Word { values.first?.word ?? keyword }
}
