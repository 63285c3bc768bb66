import Addresses
import Diagnostics

/// What was probably meant by words that are no command, for people.
///
/// The message is the original's; this is what stands below it.
struct CommandAdvice {
    let words: [String]
    let error: UsageError

    /// What should have stood there; nil when nobody can tell.
    var text: String? {
        typography ?? lostDash ?? unknownOption ?? plainWord ?? address ?? error.expected
    }

    /// The word that the error is about.
    private var word: String? {
        error.word.flatMap { words.indices.contains($0) ? words[$0] : nil }
    }

    // MARK: Characters

    /// A dash, blank or quotation mark that is none, in the offending word if there is one in it, else in any.
    private var typography: String? {
        for word in [word].compactMap({ $0 }) + words {
            guard let (impostor, meant) = Typography.correct(word) else { continue }
            return "\(impostor.correction): \(Self.asOption(meant))"
        }
        return nil
    }

    /// A word with one dash, or none, of which the rest is the name of a long option.
    private var lostDash: String? {
        for word in words {
            let name = Self.optionName(of: word)
            guard word.hasPrefix("-") ? !word.hasPrefix("--") : word == self.word else { continue }
            guard name.utf8.count > 1, OptionSpelling.named(name) != nil else { continue }
            return "two dashes before a long name: --\(name)"
        }
        return nil
    }

    /// The word with as many dashes as the option has that it names.
    private static func asOption(_ word: String) -> String {
        let name = optionName(of: word)
        guard word.hasPrefix("-"), name.utf8.count > 1, OptionSpelling.named(name) != nil else { return word }
        return "--\(word.drop { $0 == "-" })"
    }

    /// The word without dashes in front and a value behind.
    private static func optionName(of word: String) -> String {
        String(word.drop { $0 == "-" }.prefix { $0 != "=" })
    }

    // MARK: Options

    private var unknownOption: String? {
        guard error.reason == OptionScanner.Failure.Reason.unknownOption.rawValue, let word else { return nil }
        if word.hasPrefix("--") { return OptionSuggestion.names(near: Self.optionName(of: word)) }
        // The first letter that is no option; those before it are.
        for letter in word.utf8.dropFirst() {
            if let spelling = OptionSpelling.named(letter) {
                guard spelling.argument == .none else { return nil }
                continue
            }
            let other = letter ^ 0x20
            guard OptionSpelling.named(other) != nil else { return nil }
            return "-\(Unicode.Scalar(other)) instead of -\(Unicode.Scalar(letter)): large and small letters differ"
        }
        return nil
    }

    // MARK: Words that are neither options nor values

    private var plainWord: String? {
        guard error.reason == "unexpected argument", let place = error.word, let word, place > 0 else { return nil }
        let before = words[place - 1]
        if ValueReader.number(word, in: 0...UInt16.max) != nil, reads(before, asAddressAt: place - 1) {
            return "address and port in one word: \(before):\(word)"
        }
        if let name = SchedulerNames.meant(by: word), !words.contains("-s") {
            return "-s before a scheduler: -s \(name)"
        }
        if word.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }), !words.contains("-r") {
            return "-r before the address of a server: -r \(word)"
        }
        return nil
    }

    /// Whether a word is the value of an option that wants an address.
    private func reads(_ word: String, asAddressAt place: Int) -> Bool {
        guard place > 0, !word.utf8.contains(UInt8(ascii: ":")) else { return false }
        return ["-t", "-u", "-r", "--tcp-service", "--udp-service", "--sctp-service", "--real-server"]
            .contains(words[place - 1])
    }

    // MARK: Addresses

    private var address: String? {
        guard let word else { return nil }
        if error.reason.hasSuffix("address[:port] specified") { return addressAdvice(on: word) }
        if error.reason.hasPrefix("Zero port"),
            let endpoint = Self.unbracketed(word) ?? words.lazy.compactMap(Self.unbracketed).first
        {
            return "brackets around an IPv6 address with a port: \(endpoint)"
        }
        if error.reason.hasSuffix("persistent mask specified"), let mask = Self.mask(ofPrefix: word) {
            return "a mask, which for a prefix length of \(mask.length) is \(mask.text)"
        }
        return nil
    }

    private func addressAdvice(on word: String) -> String? {
        let value = Self.value(of: word)
        if let colon = value.firstIndex(of: ":"), value[colon...].hasPrefix("://") {
            return "an address as in 10.0.0.1:80, without \(value[..<colon])://"
        }
        if let slash = value.firstIndex(of: "/") {
            let rest = value[slash...].dropFirst()
            let isLength = rest.first?.isNumber == true
            return isLength
                ? "one address, without a prefix length: \(value[..<slash])"
                : "an address as in 10.0.0.1:80, without \(value[slash...])"
        }
        if value.contains(",") { return "one address and one port; each more is a service or a server of its own" }
        if value.hasPrefix("["), value.hasSuffix("]") {
            return "\(value):PORT, or \(value.dropFirst().dropLast()) without a port"
        }
        return nil
    }

    /// What is behind the letter or the sign of equality in a word that is an option with its value.
    private static func value(of word: String) -> Substring {
        if word.hasPrefix("--"), let sign = word.firstIndex(of: "=") { return word[sign...].dropFirst() }
        return word.hasPrefix("-") ? word.dropFirst(2) : word[...]
    }

    /// An IPv6 address whose last group may have been meant as a port, in the form in which it is one.
    private static func unbracketed(_ word: String) -> String? {
        let value = value(of: word)
        guard !value.hasPrefix("["), IPv6Address(String(value)) != nil, let colon = value.lastIndex(of: ":"),
            ValueReader.number(String(value[colon...].dropFirst()), in: 1...UInt16.max) != nil
        else { return nil }
        let host = value[..<colon]
        let address = host.hasSuffix(":") && !host.hasSuffix("::") ? host.dropLast() : host
        guard IPv6Address(String(address)) != nil else { return nil }
        return "[\(address)]\(value[colon...])"
    }

    /// The mask that is meant by `/24`.
    private static func mask(ofPrefix word: String) -> (length: UInt32, text: String)? {
        let value = value(of: word)
        guard value.hasPrefix("/"), let length = ValueReader.number(String(value.dropFirst()), in: 1...UInt32(32))
        else {
            return nil
        }
        return (length, "\(IPv4Address(value: .max << (32 - length)))")
    }
}
