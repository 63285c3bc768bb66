/// Something that happens to what a director's process does for virtual routers, beside what becomes of the routers.
package enum FailoverEvent: Hashable, Sendable {
    /// Something about the tracked script of that name.
    case script(String, ScriptEvent)
    /// The process of the virtual routers is spoken with from now on.
    case linked
    /// It is not spoken with any more, or could not be found; told once until it is found.
    case unlinked(reason: String)
    /// Its program was started.
    case routersStarted
    /// Its program has ended, for a reason, and is started again after a pause.
    case routersEnded(reason: String, pause: Duration)
    /// It refused what it was sent, for a reason.
    case refused(reason: String)
    /// The virtual addresses of that router accept traffic though the file wants none accepted: a virtual server has one.
    case acceptsForServices(router: String)
}

/// What becomes of a tracked script.
package enum ScriptEvent: Hashable, Sendable {
    /// Why a run counts as failed.
    package enum Failure: Hashable, Sendable {
        case exited(Int)
        case signalled(Int)
        /// It was ended as its time was over.
        case timedOut
        /// It could not be run, for that reason.
        case notRun(String)
    }

    /// A run ended with another exit status than the one before; the first with another than 0.
    case returned(Int)
    /// It said something with that: its first line.
    case said(String)
    /// It passes from now on.
    case succeeded
    /// It fails from now on.
    case failed(Failure)
    /// A run goes on when the next is due, which is left out; told once until it has ended.
    case overlaps
    /// There were not the means to run it, which says nothing about it; told once until there are.
    case unasked(reason: String)
}
