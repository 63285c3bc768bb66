/// The options that concern the whole program and may stand before its command.
struct ProcessOptions {
    private let context: CommandParser.Context
    private var namespace: String?
    private var explains = false

    init(context: CommandParser.Context) {
        self.context = context
    }

    /// Takes an option if it is one of these.
    mutating func take(_ found: OptionScanner.Found) throws(UsageError) -> Bool {
        let name: String
        let isRepeated: Bool
        switch found.meaning {
        case .namespace:
            name = "netns"
            isRepeated = namespace != nil
            namespace = found.value
        case .explain:
            name = "explain"
            isRepeated = explains
            explains = true
        default: return false
        }
        if context == .restore {
            throw UsageError("the '\(name)' option cannot be used inside a restore", word: found.optionWord)
        }
        if isRepeated { throw UsageError("multiple '\(name)' options specified", word: found.optionWord) }
        if namespace?.isEmpty == true { throw UsageError("illegal netns specified", word: found.word) }
        return true
    }

    /// A command with what these options say.
    func invocation(_ command: Command) -> Invocation {
        Invocation(command: command, namespace: namespace, explains: explains)
    }
}
