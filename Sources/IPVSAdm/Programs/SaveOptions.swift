/// What the words behind `ipvsadm-save` ask for.
struct SaveOptions: Equatable {
    var isNumeric = false
    var hasSettings = false
    var outputPath: String?
    var namespace: String?
    var explains = false
    var isHelp = false

    /// A word that cannot be followed.
    struct Rejection: Error {
        /// The word, if it is no option at all.
        var option: MisspeltOption?
    }

    private static let longOptions = ["numeric", "all", "explain", "help", "output", "netns"]

    /// Reads the words; plain ones are ignored, as ipvsadm-save ignores them.
    ///
    /// - Throws: `Rejection` for an option that does not exist or lacks its value.
    init(_ words: [String]) throws(Rejection) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "-n", "--numeric": isNumeric = true
            case "--all": hasSettings = true
            case "--explain": explains = true
            case "-h", "--help": isHelp = true
            case "-o", "--output":
                guard let value = words.popFirst(), !value.isEmpty else { throw Rejection() }
                outputPath = value
            case "--netns":
                guard let value = words.popFirst(), !value.isEmpty else { throw Rejection() }
                namespace = value
            default:
                if let value = word.value(of: "--output=") {
                    outputPath = value
                } else if let value = word.value(of: "--netns=") {
                    namespace = value
                } else if word.hasPrefix("-") || MisspeltOption.isDisguised(word) {
                    throw Rejection(option: MisspeltOption(word: word, known: Self.longOptions))
                }
            }
        }
    }
}

extension String {
    /// What follows the name of an option, unless that is nothing.
    func value(of name: String) -> String? {
        guard hasPrefix(name), utf8.count > name.utf8.count else { return nil }
        return String(dropFirst(name.count))
    }
}
