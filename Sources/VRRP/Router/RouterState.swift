/// Where a virtual router of this machine stands; the numbers are those of keepalived's dumps.
package enum RouterState: UInt8, Hashable, Codable, Sendable, CaseIterable {
    /// It has not begun: it waits for a delay, or for the first results of what it tracks.
    case initial = 0
    /// Another router is master, or may become it.
    case backup = 1
    /// This machine has the addresses and advertises them.
    case master = 2
    /// It takes no part, for a reason that is known.
    case fault = 3
}

extension RouterState {
    /// The word of keepalived for it.
    package var word: String {
        switch self {
        case .initial: "INIT"
        case .backup: "BACKUP"
        case .master: "MASTER"
        case .fault: "FAULT"
        }
    }
}
