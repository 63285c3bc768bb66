/// Something that was done to the kernel's table, in the words of ldirectord's log.
struct TableEvent: Hashable, Sendable {
    /// What was done.
    enum Verb: String, Hashable, Sendable {
        case added = "Added"
        case changed = "Changed"
        case restored = "Restored"
        case quiesced = "Quiescent"
        case readded = "Readd Quiescent"
        case deleted = "Deleted"
        case purged = "Purged"

        /// The same as something that was not achieved.
        var infinitive: String {
            switch self {
            case .added: "add"
            case .changed: "change"
            case .restored: "restore"
            case .quiesced: "quiesce"
            case .readded: "add quiescent"
            case .deleted: "delete"
            case .purged: "purge"
            }
        }
    }

    /// What it was done to.
    enum Subject: String, Hashable, Sendable {
        case virtualServer = "virtual server"
        case realServer = "real server"
        case fallbackServer = "fallback server"
    }

    /// What was done.
    let verb: Verb
    /// What it was done to.
    let subject: Subject
    /// `start` or `stop`, where something was purged.
    var occasion: String?
    /// The server, and the virtual server and weight where they belong to it.
    let details: String

    /// The line of the log when it was done.
    var line: String { "\(verb.rawValue) \(what)" }

    /// The line of the log when it failed.
    func failure(_ reason: String, retryingIn delay: String?) -> String {
        let outlook = delay.map { "; trying again in \($0)" } ?? ""
        return "Failed to \(verb.infinitive) \(what): \(reason)\(outlook)"
    }

    private var what: String {
        "\(subject.rawValue)\(occasion.map { " (\($0))" } ?? ""): \(details)"
    }
}
