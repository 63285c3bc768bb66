// Programs with their arguments and users, pipes and patterns.

extension ValueReader {
    mutating func readProgram(_ rule: ValueRule) -> [ReadValue]? {
        switch rule {
        case .account:
            return takeAccount().map { [ReadValue(value: .account($0.account), word: $0.user, others: $0.group)] }
        case .pipe:
            guard let path = next() else { return nil }
            var values = [ReadValue(value: .text(path.text), word: path)]
            if let taken = takeAccount() {
                values.append(ReadValue(value: .account(taken.account), word: taken.user, others: taken.group))
            }
            return values
        default: break
        }
        guard let (first, bytes) = takeScriptWords() else { return nil }
        if case .pattern = rule {
            return [ReadValue(value: .text(first.text), word: first)]
        }
        // A second reading takes program and arguments apart, which stand in one word.
        let arguments = ScriptWords(bytes, of: first)
        if let fault = arguments.fault {
            findings.error(fault.message, at: fault.place, length: fault.length, expected: fault.expected)
            return nil
        }
        guard let program = arguments.words.first, !program.text.isEmpty else {
            findings.error("the program of \(keyword.text) is missing", at: first)
            return nil
        }
        var script = Value.Script(arguments: arguments.words.map(\.text))
        var others: [Word] = []
        if case .script = rule, let taken = takeAccount() {
            script.account = taken.account
            others = [taken.user] + taken.group
        }
        return [ReadValue(value: .script(script), word: first, others: others)]
    }

    /// Takes a user, and a group where there is one.
    private mutating func takeAccount() -> (account: Value.Account, user: Word, group: [Word])? {
        guard let user = next() else { return nil }
        let group = next()
        return (Value.Account(user: user.text, group: group?.text), user, group.map { [$0] } ?? [])
    }

    /// Reads what stands behind the keyword in the way of scripts and patterns, gives its first word, and leaves the
    /// others to be taken.
    private mutating func takeScriptWords() -> (word: Word, bytes: [UInt8])? {
        guard let rest else { return next().map { ($0, Array($0.text.utf8)) } }
        let reading = rest.scriptWords
        if let fault = reading.fault {
            findings.error(fault.message, at: fault.place, length: fault.length, expected: fault.expected)
            return nil
        }
        words = reading.words[...]
        guard let first = next(), let bytes = reading.bytes.first else { return nil }
        return (first, bytes)
    }
}
