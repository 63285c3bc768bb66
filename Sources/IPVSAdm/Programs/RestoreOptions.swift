/// What the words behind `ipvsadm-restore` ask for.
struct RestoreOptions: Equatable {
    /// What is done with the rules.
    enum Mode {
        case apply
        case plan
        case check
    }

    /// A word that cannot be followed.
    struct Rejection: Error {
        let message: String
        /// The word, if it is no option at all.
        var option: MisspeltOption?
    }

    var mode = Mode.apply
    var namespace: String?
    var explains = false
    var isHelp = false

    /// Reads the words; plain words and `-n` are ignored, as ipvsadm-restore ignores everything.
    ///
    /// - Throws: `Rejection` for an option that does not exist: one misspelt must not change the table.
    init(_ words: [String]) throws(Rejection) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--plan": try choose(.plan)
            case "--check": try choose(.check)
            case "--explain": explains = true
            case "-h", "--help": isHelp = true
            case "-n", "--numeric", "-": break
            case "--netns":
                guard let value = words.popFirst(), !value.isEmpty else {
                    throw Rejection(message: "--netns: missing argument")
                }
                namespace = value
            default:
                if let value = word.value(of: "--netns=") {
                    namespace = value
                } else if word.hasPrefix("-") || MisspeltOption.isDisguised(word) {
                    let option = MisspeltOption(word: word, known: Self.longOptions)
                    throw Rejection(message: "\(word): unknown option", option: option)
                }
            }
        }
    }

    private static let longOptions = ["plan", "check", "explain", "help", "numeric", "netns"]

    private mutating func choose(_ new: Mode) throws(Rejection) {
        guard mode == .apply || mode == new else {
            throw Rejection(message: "--plan and --check cannot be used together")
        }
        mode = new
    }
}
