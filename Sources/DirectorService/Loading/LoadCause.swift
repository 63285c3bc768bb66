/// Why a director loads its file.
enum LoadCause: Hashable, Sendable {
    /// Somebody asked for it, by a start or a signal.
    case request
    /// The file has changed, and is to be taken by itself.
    case change
}
