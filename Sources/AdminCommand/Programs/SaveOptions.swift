/// What the words behind `ipvsadm-save` ask for.
struct SaveOptions: Equatable {
    var isNumeric = false
    var hasSettings = false
    var outputPath: String?
    var namespace: String?
    var explains = false
    var isHelp = false

    /// Reads the words; nil when there is an option among them that does not exist or lacks its value.
    ///
    /// Plain words are ignored, as ipvsadm-save ignores them.
    init?(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "-n", "--numeric": isNumeric = true
            case "--all": hasSettings = true
            case "--explain": explains = true
            case "-h", "--help": isHelp = true
            case "-o", "--output":
                guard let value = words.popFirst(), !value.isEmpty else { return nil }
                outputPath = value
            case "--netns":
                guard let value = words.popFirst(), !value.isEmpty else { return nil }
                namespace = value
            default:
                if let value = word.value(of: "--output=") {
                    outputPath = value
                } else if let value = word.value(of: "--netns=") {
                    namespace = value
                } else if word.hasPrefix("-") {
                    return nil
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
