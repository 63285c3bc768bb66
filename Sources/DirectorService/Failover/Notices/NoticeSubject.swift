/// A virtual router or a group of them, of which programs, pipes and mails tell.
struct NoticeSubject: Hashable, Sendable {
    /// What it is.
    enum Kind: Hashable, Sendable {
        case router
        case group
    }

    let kind: Kind
    /// Its name in the configuration.
    let name: String
}
