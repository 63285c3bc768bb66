/// Why a director reads its file.
enum ReadingCause: Hashable, Sendable {
    /// Somebody asked for it, by a start or a signal.
    case request
    /// The file has changed, and is to be taken by itself.
    case change
}
