package import Addresses

/// What becomes of mails, and above all why they do not reach anybody.
package enum MailEvent: Hashable, Sendable {
    /// One was delivered, to the mail server of that place where it went to one.
    case sent(to: Endpoint?)
    /// One could not be delivered, to a mail server or the program of this host; it is tried again or given up.
    case failed(subject: String, reason: String, isToServer: Bool, isGivenUp: Bool)
    /// One has no recipient that is an address.
    case withoutRecipient(subject: String)
    /// One is dropped, since too many wait.
    case dropped(subject: String)
    /// So many were dropped since that was told last.
    case manyDropped(Int)
    /// So many were not delivered before the end.
    case unsent(Int)
}
