package import Dialogues
import Synchronization

/// Where a dialogue leaves what it has found, and shows what it sees.
package final class DigestRecord: Sendable {
    private let found = Mutex<GenhashBody?>(nil)
    private let watcher: (@Sendable (String) -> Void)?

    /// Makes an empty record.
    ///
    /// - Parameter watcher: Is given the lines about what comes from the server; nil where nobody wants them.
    package init(watcher: (@Sendable (String) -> Void)? = nil) {
        self.watcher = watcher
    }

    /// The body whose digest is known.
    package var body: GenhashBody? { found.withLock { $0 } }

    /// Whether somebody wants to see what comes.
    var isWatched: Bool { watcher != nil }

    func keep(_ body: GenhashBody) {
        found.withLock { $0 = body }
    }

    func show(head: [UInt8]) {
        watcher?(
            "-----------------------[    HTTP Header Buffer    ]-----------------------\n" + HexDump.lines(head)
                + "-----------------------[ HTTP Header Ascii Buffer ]-----------------------\n"
                + HexDump.printable(head) + "\n"
        )
    }

    /// - Parameter isFirst: Whether these bytes came together with the end of the head.
    func show(body: [UInt8], isFirst: Bool) {
        let title = "-----------------------[        HTML Buffer        ]-----------------------\n"
        watcher?((isFirst ? title : "") + HexDump.lines(body))
    }

    func show(digest: [UInt8]) {
        watcher?(
            "\n-----------------------[    HTML hash resulting    ]-----------------------\n" + HexDump.lines(digest)
                + "-----------------------[ HTML hash final resulting ]-----------------------\n"
        )
    }
}
