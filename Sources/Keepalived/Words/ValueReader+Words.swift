import Addresses
import Diagnostics
import IPVS

// Names, and words of which one is chosen.

extension ValueReader {
    mutating func readWord(_ rule: ValueRule) -> [ReadValue]? {
        switch rule {
        case .toggle: return readToggle()
        case .choices(let choices):
            var values: [ReadValue] = []
            while let word = next() {
                guard let value = choice(word, of: choices) else { return nil }
                values.append(ReadValue(value: value, word: word))
            }
            return values
        case .tracked: return readTracked()
        default: break
        }
        guard let word = next() else { return nil }
        return chosen(word, rule).map { [ReadValue(value: $0, word: word)] }
    }

    private mutating func chosen(_ word: Word, _ rule: ValueRule) -> Value? {
        switch rule {
        case .interface:
            return isInterface(word) ? .text(word.text) : nil
        case .choice(let choices, let otherwise):
            if let otherwise, !choices.contains(word.text), !isAlternative(word) {
                findings.warning(
                    "\(word.text) is not known, \(otherwise)",
                    at: word,
                    expected: choices.joined(separator: " or ")
                )
                return nil
            }
            return choice(word, of: choices)
        case .caselessChoice(let choices): return choice(word, of: choices, text: word.text.uppercased())
        case .family:
            guard let value = choice(word, of: ["inet", "inet6"]) else { return nil }
            return .family(value == .text("inet") ? .ipv4 : .ipv6)
        case .scheduler: return scheduler(word)
        case .transport: return transport(word).map { .transport($0) }
        default: return .text(word.text)
        }
    }

    private static let transports: [String: TransportProtocol] = ["tcp": .tcp, "udp": .udp, "sctp": .sctp]

    /// The protocol of a service.
    mutating func transport(_ word: Word) -> TransportProtocol? {
        if let transport = Self.transports[word.text.lowercased()] { return transport }
        findings.error("\(word.text) is no protocol of a service", at: word, expected: "TCP, UDP or SCTP")
        return nil
    }

    /// The schedulers that keepalived knows.
    static let schedulers = [
        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "mh", "fo", "ovf", "sed", "nq", "twos",
    ]

    private mutating func scheduler(_ word: Word) -> Value? {
        if Self.schedulers.contains(word.text) { return .text(word.text) }
        guard !isAlternative(word) else { return nil }
        findings.warning(
            "the scheduler \(word.text) is not known, and wlc taken",
            at: word,
            expected: Suggestion.nearest(to: word.text, among: Self.schedulers)
                ?? Self.schedulers.joined(separator: ", ")
        )
        return nil
    }

    /// Tells of a word that shows what may be chosen, as manuals do: `rr|wrr|lc`; whether it is one.
    private mutating func isAlternative(_ word: Word) -> Bool {
        guard word.text.contains("|") else { return false }
        findings.error("\(word.text) shows what may be chosen, and is no value", at: word)
        return true
    }

    private mutating func choice(_ word: Word, of choices: [String], text: String? = nil) -> Value? {
        let text = text ?? word.text
        if choices.contains(text) { return .text(text) }
        findings.error(
            "\(word.text) is no value of \(keyword.text)",
            at: word,
            expected: Suggestion.nearest(to: word.text, among: choices) ?? choices.joined(separator: ", ")
        )
        return nil
    }

    private mutating func readToggle() -> [ReadValue]? {
        guard let word = next() else { return [ReadValue(value: .boolean(true), word: keyword)] }
        switch word.text {
        case "on", "true", "yes": return [ReadValue(value: .boolean(true), word: word)]
        case "off", "false", "no": return [ReadValue(value: .boolean(false), word: word)]
        default:
            findings.error("\(word.text) is neither on nor off", at: word, expected: "on, true, yes, off, false or no")
            return nil
        }
    }

    /// Reads `NAME [weight N [reverse|noreverse]]`.
    private mutating func readTracked() -> [ReadValue]? {
        guard let name = next() else { return nil }
        var values = [ReadValue(value: .text(name.text), word: name)]
        guard let word = words.first, word.text == "weight" else { return values }
        words.removeFirst()
        guard !words.isEmpty else {
            findings.error("a value of weight is missing", at: word)
            return nil
        }
        guard let weight = readNumber(.weight(-254...254)) else { return nil }
        values += weight
        return values
    }
}
