/// What happens to a named pipe of the configuration.
package enum PipeEvent: Hashable, Sendable {
    /// It can be neither opened nor made; nothing is written to it.
    case unusable(path: String, reason: String)
    /// So many lines found no room, since nobody reads it; told at most once in ten seconds.
    case linesLost(path: String, count: Int)
    /// The program that reads it has ended, or could not be started; it is started again after so many seconds.
    case readerEnded(path: String, reason: String, seconds: Int64)
}
