import Glibc
import System

/// The sizes of the kernel's table of connections.
struct ConnectionTable: Hashable, Sendable {
    /// Where the kernel tells which of its connections came from another director.
    private static let path = "/proc/net/ip_vs_conn_sync"

    /// The entries that came from another director.
    private(set) var synchronised = 0
    /// All entries.
    private(set) var total = 0

    /// What is being read: whether it is the first line, which names the columns, and how much of the word stands at the beginning of
    /// the one that is being read; nil where that is another word.
    private var isHead = true
    private var matched: Int? = 0
    private var isSynchronised = false

    /// Makes a table without entries.
    init() {}

    /// Measures the table of this machine, which takes as long as it is large; nil where there is none.
    static func measured() -> ConnectionTable? {
        guard let file = try? Descriptor(open: path, O_RDONLY) else { return nil }
        var table = ConnectionTable()
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let length = read(file.number, &room, room.count)
            if length < 0, errno == EINTR { continue }
            guard length > 0 else { return length == 0 ? table : nil }
            table.take(room[..<length])
        }
    }

    private static let word = Array("SYNC".utf8)

    /// Takes the next bytes of the kernel's list, which has a line for each entry and `SYNC` in those that came from another director.
    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"):
                if matched == Self.word.count { isSynchronised = true }
                matched = 0
                if byte == UInt8(ascii: "\n") { endLine() }
            default:
                guard let place = matched, place < Self.word.count, Self.word[place] == byte else {
                    matched = nil
                    continue
                }
                matched = place + 1
            }
        }
    }

    private mutating func endLine() {
        if !isHead {
            total += 1
            if isSynchronised { synchronised += 1 }
        }
        isHead = false
        isSynchronised = false
    }
}
