/// What the words behind `ipvsadm-restore` ask for.
struct RestoreOptions: Equatable {
    /// What is done with the rules.
    enum Mode {
        case apply
        case plan
        case check
    }

    /// A word that cannot be followed.
    struct Rejection: Error, Equatable {
        let message: String
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
                } else if word.hasPrefix("-") {
                    throw Rejection(message: "\(word): unknown option")
                }
            }
        }
    }

    private mutating func choose(_ new: Mode) throws(Rejection) {
        guard mode == .apply || mode == new else {
            throw Rejection(message: "--plan and --check cannot be used together")
        }
        mode = new
    }
}
