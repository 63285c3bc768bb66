package import Configuration

/// Something that happens to a director's process, beside what it learns of servers and does to the table.
package enum DaemonEvent: Hashable, Sendable {
    /// It begins; by that command line, and as that process where it stays in the foreground.
    case started(invocation: String?, process: Int32?)
    /// It directs from now on by this configuration, as that process.
    case begun(DirectorConfiguration, process: Int32)
    /// Somebody wants files of its state, as that process has it.
    case stateWanted(process: Int32)
    /// Somebody wants it to end, by a signal.
    case stopWanted
    /// It is about to end, after so much time of processors for itself and for the system.
    case ending(user: Duration, system: Duration)
    /// It is over, because of the signal of that name.
    case terminated(signal: String)
    /// It is over before the kernel has answered.
    case kernelLate
    /// Somebody wants the file at that path loaded again, by a signal.
    case reloadWanted
    /// The file has other contents, and is loaded because of that or not.
    case fileChanged(path: String, isLoaded: Bool)
    /// The file has been changing, or open for writing, for a long time.
    case fileUnsettled(path: String)
    /// There is no such file any more, or it cannot be read.
    case fileGone(path: String)
    /// Loading the file takes unusually long.
    case loadSlow(path: String)
    /// Another configuration takes the place of a former one; told ahead of what follows from that.
    case replaced(DirectorConfiguration, former: DirectorConfiguration)
    /// The file is to be loaded again at that time, in the words of whoever wants it; nil for no longer.
    case reloadPlanned(String?)
    /// These words are no time at which the file could be loaded again, or one that has passed.
    case reloadTimeUnusable(String, isPast: Bool)
    /// What the file says is in force.
    case loaded(path: String)
    /// The file was loaded again and cannot be used, for that reason where it is not one of its lines.
    case loadFailed(path: String, reason: String?)
    /// The folder for maintenance that the file names does not exist.
    case maintenanceFolderMissing(path: String)
    /// The kernel's table cannot be read; told once until it can.
    case tableUnreadable(reason: String)
    /// The kernel's table can be read again.
    case tableReadable
    /// The program is run that the configuration has run before anything is directed.
    case startProgramRun(line: String)
    /// The program is run that the configuration has run after all else.
    case stopProgramRun(line: String)
    /// A command of the configuration did not end well.
    case commandFailed(line: String, reason: String)
    /// A command of the configuration ended well and said something.
    case commandSaid(line: String, words: String)
    /// Something went wrong with mails.
    case mail(MailEvent)
    /// Something went wrong with a named pipe.
    case pipe(PipeEvent)
    /// Something happened to what is done for virtual routers.
    case failover(FailoverEvent)
    /// A monitor file cannot be written; told once until it can.
    case recordsFailed(path: String, reason: String)
    /// A monitor file can be written again.
    case recordsWritten(path: String)
    /// So many lines for monitor files were lost.
    case recordsLost(Int)
    /// So many lines on servers were left out within so many seconds; with the servers as they are.
    case linesLeftOut(Int, seconds: Int64, ServerTally?)
    /// Somebody wants to know what the director believes; nil before there is one.
    case status(DirectorStatus?)
    /// With it, how many probes are under way, and by how many milliseconds the latest was started too late.
    case checks(inFlight: Int, lag: Int)
}
