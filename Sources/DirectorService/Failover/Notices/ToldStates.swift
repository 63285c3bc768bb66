import Time

/// The states that were told of virtual routers and groups, as a director leaves them to the one after it: what goes on as it was is not
/// told of once more when a director is started again.
struct ToldStates: Hashable, Sendable {
    /// The moment at which the process of the virtual routers began: another process is told of anew.
    var began: MonotonicTime
    /// The states.
    var states: [NoticeSubject: StateWord]

    /// Makes states.
    init(began: MonotonicTime, states: [NoticeSubject: StateWord]) {
        self.began = began
        self.states = states
    }

    /// Reads the text of a file; nil for what is none.
    init?(_ text: String) {
        var lines = text.split(separator: "\n")[...]
        guard let first = lines.popFirst(), let nanoseconds = Int64(first) else { return nil }
        began = MonotonicTime(nanoseconds: nanoseconds)
        states = [:]
        for line in lines {
            // The name comes last, since it may have blanks.
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard words.count == 3, let word = StateWord(rawValue: String(words[1])) else { return nil }
            let kind: NoticeSubject.Kind
            switch words[0] {
            case "router": kind = .router
            case "group": kind = .group
            default: return nil
            }
            states[NoticeSubject(kind: kind, name: String(words[2]))] = word
        }
    }

    /// The text of a file.
    var text: String {
        let lines = states.map { "\($0.key.kind == .router ? "router" : "group") \($0.value.rawValue) \($0.key.name)" }
        return "\(began.nanoseconds)\n" + lines.sorted().map { "\($0)\n" }.joined()
    }
}
