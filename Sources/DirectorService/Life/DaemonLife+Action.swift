// What a life is told, and what it says is to be done.

extension DaemonLife {
    /// Something that is to be done.
    enum Action: Hashable, Sendable {
        /// Load the file in the background, and tell what became of it.
        case load(LoadCause)
        /// Take the configuration that was loaded first: begin the log, the watch over its file, and the director.
        case take
        /// Run the program that the configuration has run before all else, where there is one, and tell when it has ended.
        case prepare
        /// Have that program end.
        case endPreparation
        /// Say why the file that was loaded first cannot be used.
        case refuse
        /// Take the configuration that was loaded in the place of the one in force.
        case replace
        /// Say why the configuration in force stays, though the file was loaded again.
        case keep
        /// Read the kernel's table, and tell what became of it.
        case readTable
        /// Say that the kernel's table cannot be read.
        case giveUp
        /// Direct, from the table that was read on.
        case direct
        /// Put that phase into the status file.
        case publish(DaemonStatus.Phase)
        /// Start, stop and reload the directors that go along with this one, as the configuration in force names them.
        case changeCompanions
        /// Tell the service manager that a reload begins.
        case announceReload
        /// Tell the service manager that the director works by the configuration in force.
        case announceReady
        /// Tell the service manager that the director is ending.
        case announceStop
        /// Tell whoever waits for the start that there is none, with that exit status.
        case failStart(Int32)
        /// Leave the kernel as it shall be left, and follow nothing any more.
        case leave
        /// Send what mails were held back.
        case sumUpMails
        /// What waits may begin: ask `beginDueLoad`.
        case goOn
        /// Run the program that the configuration has run after all else, where there is one, and tell when it has ended.
        case close
        /// End so.
        case end(End)
    }

    /// What became of loading the file.
    enum Loaded: Hashable, Sendable {
        case usable
        /// It cannot be used; a start ends with that exit status.
        case unusable(Int32)
    }

    /// How it ends.
    struct End: Hashable, Sendable {
        /// The exit status.
        let status: Int32
        /// The name of the signal because of which it ends, where that is to be told.
        var signal: String?
        /// Whether the kernel gave no answer.
        var isKernelLate = false
    }
}
