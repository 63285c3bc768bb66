import Console
import IPVS
import Texts

/// The text of a whole table, a piece for each service, which is made while the table is read and then put in order.
///
/// A service with its servers takes up twice the memory of the lines about it, and of a long listing the first touch of each
/// page of memory costs more than making the text that fits the page. Where names are looked up, which may take long, the
/// services are read first and their text is made as it is written: the kernel's table is not kept from standing still, and
/// nobody is asked for a name that nobody reads.
struct TableText {
    private struct Piece {
        let key: ServiceKey
        let place: Range<Int>
    }

    private var text = TextBuffer()
    private var pieces: [Piece] = []
    private var services: [ServiceStatus] = []
    private let append: (ServiceStatus, inout TextBuffer) -> Void
    /// The bytes of eleven thousand lines.
    private static let usualSize = 1 << 20

    /// Reads a table, and appends what `append` makes of each service with its servers.
    ///
    /// - Parameters:
    ///   - isSorted: whether the pieces come in the order of the keys; otherwise in the kernel's.
    ///   - statistics: whether counters are read; otherwise all of them are zero.
    ///   - looksUpNames: whether `append` may have to wait for the names of hosts.
    /// - Throws: the kernel's error.
    init(
        of kernel: any IPVSKernel,
        isSorted: Bool,
        statistics: Bool,
        looksUpNames: Bool,
        _ append: @escaping (ServiceStatus, inout TextBuffer) -> Void
    ) throws(IPVSError) {
        self.append = append
        if looksUpNames {
            services = try kernel.snapshot(statistics: statistics) { $0 }
            if isSorted { services.sort { $0.service.key < $1.service.key } }
            return
        }
        // Memory that is never written to is never paid for; text that outgrew its room would be copied.
        text.reserve(Self.usualSize)
        // What was made of a reading that had to be repeated stays in the text, and belongs to no piece.
        pieces = try kernel.snapshot(statistics: statistics) { status in
            let start = text.count
            append(status, &text)
            return Piece(key: status.service.key, place: start..<text.count)
        }
        if isSorted { pieces.sort { $0.key < $1.key } }
    }

    /// Writes the services in their order, as long as somebody takes them.
    func write(to console: ProgramOutput) {
        for service in services {
            guard console.isHeard else { return }
            append(service, &console.text)
            console.flushIfLarge()
        }
        for piece in pieces {
            guard console.isHeard else { return }
            console.text.append(text, piece.place)
            console.flushIfLarge()
        }
    }
}
