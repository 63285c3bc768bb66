/// What a fallback's command is told.
enum FallbackWord: String, Hashable, Sendable {
    case start
    case stop
}
