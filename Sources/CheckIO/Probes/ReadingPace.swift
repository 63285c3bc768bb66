/// How much of what a server sends is taken in one go.
///
/// What a byte costs is the server's choice: the smallest records of TLS or chunks of HTTP cost a thousand times what a
/// large one does. So a connection begins with small pieces, and gets larger ones as long as those take no time.
struct ReadingPace {
    /// The time after which others have their turn.
    static let slice = Duration.microseconds(200)
    /// The time since its beginning after which a turn of the loop takes nothing more that servers send.
    static let turn = Duration.milliseconds(10)
    /// The pieces that a connection begins with, by itself and in TLS.
    static let first = 4 << 10
    static let firstInTLS = 1 << 10
    /// The bytes out of TLS that are handed on in one go.
    static let decrypted = 2 << 10
    private static let largest = 64 << 10
    private static let largestInTLS = 16 << 10
    private static let smallest = 256

    /// The bytes to take next at most.
    private(set) var piece: Int
    private let most: Int

    /// The pace of a connection that nothing has come on.
    init(inTLS: Bool) {
        piece = inTLS ? Self.firstInTLS : Self.first
        most = inTLS ? Self.largestInTLS : Self.largest
    }

    /// Takes note of what a whole piece took.
    mutating func took(_ time: Duration) {
        if time < Self.slice / 8 {
            piece = min(piece * 2, most)
        } else if time > Self.slice {
            piece = max(piece / 2, Self.smallest)
        }
    }
}
