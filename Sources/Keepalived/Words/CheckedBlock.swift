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
    var entries: [Entry] = []
    /// The words that stand in it with values that come to nothing, which has been told.
    var failed: [String] = []

    /// A word with its values.
    struct Entry: Sendable {
        let rule: WordRule
        let keyword: Word
        var values: [ReadValue] = []
        var block: CheckedBlock?
    }

    /// All entries of a word, in the order of the file.
    func all(_ name: String) -> [Entry] {
        entries.filter { $0.rule.meaning == name }
    }

    /// The entry that counts: the last, or the first of a word whose first counts.
    func entry(_ name: String) -> Entry? {
        let first = entries.first { $0.rule.meaning == name }
        return first?.rule.repetition == .first ? first : entries.last { $0.rule.meaning == name }
    }

    /// Whether a word stands in it.
    func has(_ name: String) -> Bool { entry(name) != nil }

    /// Whether a word stands in it, with a value that could be read or not.
    func mentions(_ name: String) -> Bool { has(name) || failed.contains(name) }

    /// The blocks of a word.
    func blocks(_ name: String) -> [CheckedBlock] { all(name).compactMap(\.block) }

    func number(_ name: String) -> Int64? { entry(name)?.number }

    func time(_ name: String) -> Duration? {
        if case .time(let time)? = entry(name)?.values.first?.value { time } else { nil }
    }

    func boolean(_ name: String) -> Bool? {
        if case .boolean(let value)? = entry(name)?.values.first?.value { value } else { nil }
    }

    func text(_ name: String) -> String? { entry(name)?.text }

    func address(_ name: String) -> IPAddress? {
        if case .address(let address)? = entry(name)?.values.first?.value { address } else { nil }
    }

    func port(_ name: String) -> UInt16? { number(name).map { UInt16(clamping: $0) } }

    func script(_ name: String) -> Value.Script? {
        if case .script(let script)? = entry(name)?.values.first?.value { script } else { nil }
    }

    func bytes(_ name: String) -> [UInt8]? {
        if case .bytes(let bytes)? = entry(name)?.values.first?.value { bytes } else { nil }
    }

    func reply(_ name: String) -> Value.ReplyPattern? {
        if case .reply(let pattern)? = entry(name)?.values.first?.value { pattern } else { nil }
    }

    func account(_ name: String) -> Value.Account? {
        if case .account(let account)? = entry(name)?.values.first?.value { account } else { nil }
    }

    func forwarding(_ name: String) -> (method: ForwardingMethod, tunnel: Tunnel)? {
        if case .forwarding(let method, let tunnel)? = entry(name)?.values.first?.value {
            (method, tunnel)
        } else {
            nil
        }
    }

    func mailServer(_ name: String) -> (host: String, port: UInt16)? {
        if case .mailServer(let host, let port)? = entry(name)?.values.first?.value { (host, port) } else { nil }
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
