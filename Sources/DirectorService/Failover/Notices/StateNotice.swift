import Configuration
import Director

/// One thing that is done to tell of a virtual router or a group.
struct StateNotice: Hashable, Sendable {
    /// By which word of the configuration it is told.
    ///
    /// Of several that wait under one word, the newest alone is told, but for lines and mails.
    enum Hook: Hashable, Sendable {
        /// The program of the state (`notify_master` and its like).
        case state
        /// The program of all states (`notify`).
        case any
        /// The program of a lower priority that was heard (`notify_master_rx_lower_pri`).
        case lowerPriority
        case line
        case mail
    }

    /// What is done.
    enum Work: Hashable, Sendable {
        /// Run a program with these variables beside its others.
        case run(NoticeProgram, variables: [String: String])
        /// Write a line to the pipes.
        case write(String)
        /// Send a mail.
        case send(Mail)
    }

    let hook: Hook
    let work: Work

    /// Makes a notice.
    init(_ hook: Hook, _ work: Work) {
        self.hook = hook
        self.work = work
    }
}
