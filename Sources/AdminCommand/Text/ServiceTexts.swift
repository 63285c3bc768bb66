package import IPVS

/// The texts of services, written while the table is read and taken in the order of their keys.
///
/// They lie one behind another in pieces of memory that the system is asked for as a whole: the first touch of each page
/// of a listing would cost more than its text.
package struct ServiceTexts {
    /// Where the text of a service lies.
    private struct Row {
        let key: ServiceKey
        let piece: Int
        let range: Range<Int>
    }

    private var pieces: [TextBuffer] = []
    private var room = 0
    private var rows: [Row] = []

    private static let firstPiece = 8 << 10
    private static let piece = 256 << 10
    private static let typicalLine = 72

    /// Reads a table, with or without counters, and lets `write` make the text of each service.
    ///
    /// - Throws: the kernel's error.
    package init(
        of kernel: any IPVSKernel,
        isSorted: Bool,
        statistics: Bool,
        write: (ServiceStatus, inout TextBuffer) -> Void
    ) throws(IPVSError) {
        // What a reading left that had to be repeated is in no row.
        rows = try kernel.snapshot(statistics: statistics) { append($0, write) }
        if isSorted { rows.sort { $0.key < $1.key } }
    }

    private mutating func append(_ status: ServiceStatus, _ write: (ServiceStatus, inout TextBuffer) -> Void) -> Row {
        let wanted = Self.typicalLine * (status.destinations.count + 1)
        if pieces.isEmpty || room < wanted {
            room = max(wanted, pieces.isEmpty ? Self.firstPiece : Self.piece)
            pieces.append(TextBuffer(populatedRoom: room))
        }
        let last = pieces.count - 1
        let start = pieces[last].count
        write(status, &pieces[last])
        room -= pieces[last].count - start
        return Row(key: status.service.key, piece: last, range: start..<pieces[last].count)
    }

    /// Hands the texts to `body` in order.
    package func forEach(_ body: (ArraySlice<UInt8>) -> Void) {
        for row in rows { body(pieces[row.piece].bytes[row.range]) }
    }
}
