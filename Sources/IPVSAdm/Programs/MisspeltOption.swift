import Rules

/// A word of `ipvsadm-save` or `ipvsadm-restore` that is no option of theirs.
struct MisspeltOption {
    let word: String
    /// The long options of the program.
    let known: [String]

    /// What was probably meant, for people; nil when nobody can tell.
    var advice: String? {
        if let (impostor, meant) = Typography.correct(word) { return "\(impostor.correction): \(meant)" }
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        if !word.hasPrefix("--"), known.contains(name) { return "two dashes before a long name: --\(name)" }
        return OptionSuggestion.names(near: name, among: known)
    }

    /// Whether a word looks like an option, though its dash is none; `–n` was ignored always, and does no harm.
    static func isDisguised(_ word: String) -> Bool {
        guard let (_, meant) = Typography.correct(word), !word.hasPrefix("-") else { return false }
        return meant.hasPrefix("-") && !["-", "-n", "--n", "--numeric"].contains(meant)
    }

    /// The message with the advice below it, where somebody wants to read it.
    func explained(_ message: String, isWanted: Bool) -> String {
        guard isWanted, let advice else { return message }
        return "\(message)\n  expected \(advice)"
    }
}
