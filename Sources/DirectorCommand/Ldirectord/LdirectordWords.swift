/// The command line of `ldirectord`, read by the rules that Perl's long options have.
enum LdirectordWords: Equatable {
    /// The manual is asked for.
    case help
    /// The version is asked for.
    case version
    /// The words are no command; each complaint is a line to be said before the usage.
    case wrong(complaints: [String])
    /// Something is to be done with an instance.
    case command(LdirectordVerb, LdirectordInstance, LdirectordManner)

    /// The options by their long names, which can be cut as long as they are unique.
    private enum Option: String, CaseIterable {
        case debug, foreground, help, version

        /// The option of a letter; `-?` is an old sign for help.
        init?(letter: Character) {
            switch letter {
            case "d": self = .debug
            case "h", "?": self = .help
            case "v": self = .version
            default: return nil
            }
        }
    }

    /// Reads the words after the program's name.
    ///
    /// Options come first, letters may stand together, and `--` ends them. One word is a command for the configuration
    /// `ldirectord.cf`; of more words the first is a configuration and the second the command.
    init(_ words: [String]) {
        var options: Set<Option> = []
        var complaints: [String] = []
        var rest = words[...]
        while let word = rest.first, word.hasPrefix("-"), word != "-" {
            rest.removeFirst()
            if word == "--" { break }
            if word.hasPrefix("--") {
                let name = word.dropFirst(2)
                switch Option.allCases.first(where: { $0.rawValue.hasPrefix(name.lowercased()) && !name.isEmpty }) {
                case let option?: options.insert(option)
                case nil: complaints.append("Unknown option: \(name)")
                }
                continue
            }
            for letter in word.dropFirst() {
                switch Option(letter: letter) {
                case let option?: options.insert(option)
                case nil: complaints.append("Unknown option: \(letter)")
                }
            }
        }
        guard complaints.isEmpty else {
            self = .wrong(complaints: complaints)
            return
        }
        if options.contains(.help) {
            self = .help
        } else if options.contains(.version) {
            self = .version
        } else {
            self.init(
                Array(rest),
                options.contains(.debug) ? .debugging : options.contains(.foreground) ? .foreground : .background
            )
        }
    }

    private init(_ words: [String], _ manner: LdirectordManner) {
        let instance = words.count > 1 ? LdirectordInstance(configuration: words[0]) : .standard
        guard let word = words.dropFirst(words.count > 1 ? 1 : 0).first, let verb = LdirectordVerb(word: word),
            let instance
        else {
            self = .wrong(complaints: [])
            return
        }
        self = .command(verb, instance, manner)
    }
}
