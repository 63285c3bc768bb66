/// Finds options and their values in words, by the rules of the popt library.
struct OptionScanner {
    /// An option that was found.
    struct Found {
        let meaning: OptionSpelling.Meaning
        let value: String?
        /// The word that it stands in.
        let optionWord: Int
        /// The last word that belongs to it, which holds the value if there is one.
        let word: Int
    }

    /// A word that cannot be read.
    struct Failure: Error {
        enum Reason: String {
            case unknownOption = "unknown option"
            case missingArgument = "missing argument"
            case unwantedArgument = "option does not take an argument"
        }

        let reason: Reason
        /// The last word that was read.
        let word: Int
    }

    private let words: [String]
    /// Whether `-b` may be the last word, which then stands for no flags.
    private let takesEmptyFlags: Bool
    private var nextWord = 0
    /// What is left of a word of single letters.
    private var bundle: Substring.UTF8View?
    /// Whether `--` was met, after which there are no options.
    private var hasEnded = false
    /// The places of the words that are neither options nor values.
    private(set) var plainWords: [Int] = []

    init(_ words: [String], takesEmptyFlags: Bool = false) {
        self.words = words
        self.takesEmptyFlags = takesEmptyFlags
    }

    /// The next option, or nil at the end of the words.
    mutating func next() throws(Failure) -> Found? {
        while true {
            if let letters = bundle { return try nextLetter(of: letters) }
            guard nextWord < words.count else { return nil }
            let word = words[nextWord]
            nextWord += 1
            let bytes = Substring(word).utf8
            guard !hasEnded, bytes.first == Self.dash, bytes.count > 1 else {
                plainWords.append(nextWord - 1)
                continue
            }
            let rest = bytes.dropFirst()
            guard rest.first == Self.dash else {
                bundle = rest
                continue
            }
            if rest.count == 1 {
                hasEnded = true
                continue
            }
            return try longOption(rest.dropFirst())
        }
    }

    private static let dash = UInt8(ascii: "-")
    private static let equalsSign = UInt8(ascii: "=")

    private mutating func longOption(_ text: Substring.UTF8View) throws(Failure) -> Found {
        let name = text.prefix { $0 != Self.equalsSign }
        guard let spelling = OptionSpelling.named(String(Substring(name))) else { throw failure(.unknownOption) }
        let attached = name.endIndex == text.endIndex ? nil : String(Substring(text[name.endIndex...].dropFirst()))
        return try found(spelling, attached: attached)
    }

    private mutating func nextLetter(of letters: Substring.UTF8View) throws(Failure) -> Found {
        guard let letter = letters.first, let spelling = OptionSpelling.named(letter) else {
            bundle = nil
            throw failure(.unknownOption)
        }
        let rest = letters.dropFirst()
        let takesRest = spelling.argument != .none || rest.first == Self.equalsSign
        bundle = rest.isEmpty || takesRest ? nil : rest
        guard takesRest, !rest.isEmpty else { return try found(spelling, attached: nil) }
        return try found(
            spelling,
            attached: String(Substring(rest.first == Self.equalsSign ? rest.dropFirst() : rest))
        )
    }

    /// Completes an option with the value `attached` to it or with the next word.
    private mutating func found(_ spelling: OptionSpelling, attached: String?) throws(Failure) -> Found {
        let optionWord = nextWord - 1
        var value = attached
        switch spelling.argument {
        case .none:
            if attached != nil { throw failure(.unwantedArgument) }
        case .optional:
            if attached == nil, nextWord < words.count, words[nextWord].utf8.first != Self.dash {
                value = words[nextWord]
                nextWord += 1
            }
        case .required:
            guard attached == nil else { break }
            if nextWord < words.count {
                value = words[nextWord]
                nextWord += 1
            } else if takesEmptyFlags, spelling.meaning == .option(.schedulerFlags) {
                value = ""
            } else {
                throw failure(.missingArgument)
            }
        }
        return Found(meaning: spelling.meaning, value: value, optionWord: optionWord, word: nextWord - 1)
    }

    private func failure(_ reason: Failure.Reason) -> Failure {
        Failure(reason: reason, word: nextWord - 1)
    }
}
