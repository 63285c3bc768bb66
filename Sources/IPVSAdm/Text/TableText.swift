import Console
import IPVS
import Texts

/// The text of a whole table, a piece for each service, which is made while the table is read and then put in order.
///
/// A service with its servers takes up twice the memory of the lines about it, and of a long listing the first touch of each
/// page of memory costs more than making the text that fits the page.
struct TableText {
    private struct Piece {
        let key: ServiceKey
        let place: Range<Int>
    }

    private var text = TextBuffer()
    private var pieces: [Piece] = []
    /// The bytes of eleven thousand lines.
    private static let usualSize = 1 << 20

    /// Reads a table, and appends what `write` makes of each service with its servers.
    ///
    /// - Parameters:
    ///   - isSorted: whether the pieces come in the order of the keys; otherwise in the kernel's.
    ///   - statistics: whether counters are read; otherwise all of them are zero.
    /// - Throws: the kernel's error.
    init(
        of kernel: any IPVSKernel,
        isSorted: Bool,
        statistics: Bool,
        _ write: (ServiceStatus, inout TextBuffer) -> Void
    ) throws(IPVSError) {
        // Memory that is never written to is never paid for; text that outgrew its room would be copied.
        text.reserve(Self.usualSize)
        // What was made of a reading that had to be repeated stays in the text, and belongs to no piece.
        pieces = try kernel.snapshot(statistics: statistics) { status in
            let start = text.count
            write(status, &text)
            return Piece(key: status.service.key, place: start..<text.count)
        }
        if isSorted { pieces.sort { $0.key < $1.key } }
    }

    /// Writes the pieces in their order, as long as somebody takes them.
    func write(to console: ProgramOutput) {
        for piece in pieces {
            guard console.isHeard else { return }
            console.text.append(text, piece.place)
            console.flushIfLarge()
        }
    }
}
