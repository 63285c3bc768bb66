import Glibc
import Time

/// Notices that a file has other contents than when it was read last, however it came to them, once nobody is writing it
/// any more.
package final class FileWatch {
    /// What was noticed.
    package enum Event: Hashable {
        /// It has other contents.
        case changed
        /// It has been changing, or open for writing, for a long time.
        case unsettled
        /// There is no such file any more, or it cannot be read.
        case gone
    }

    /// The time that a file must have been left alone; whoever writes it in pieces, and closes it after each, may take
    /// so long for the next one.
    private static let settling = Duration.seconds(1)
    /// The least time between two looks, whatever happens in the folders.
    private static let spacing = Duration.milliseconds(200)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(10)

    private let loop: EventLoop
    private let path: String
    private let onEvent: (Event) -> Void
    private let writers: WriteNotices
    /// The time for which a file may be written before that is told.
    private let patience: Duration
    private var looks: PacedLooks?
    /// The file as it was looked into last.
    private var known: FileState?
    private var digest: Int?
    /// The file as it was seen last, when that was different, and since when it is so.
    private var candidate: (state: FileState, since: MonotonicTime)?
    /// Since when the file is another one that could not be read.
    private var unsettledSince: MonotonicTime?
    private var isUnsettledTold = false
    private var isGone = false

    /// Watches a file that was read with these contents; changes since then are noticed too.
    ///
    /// - Parameters:
    ///   - writers: tell of those who write it where the kernel cannot be asked for them.
    ///   - patience: the time for which it may be written before that is told.
    package init(
        on loop: EventLoop,
        path: String,
        contents: FileContents,
        writers: WriteNotices,
        patience: Duration,
        _ onEvent: @escaping (Event) -> Void
    ) {
        self.loop = loop
        self.path = path
        self.onEvent = onEvent
        self.writers = writers
        self.patience = patience
        known = contents.state
        digest = contents.digest
        looks = PacedLooks(on: loop, spacing: Self.spacing) { [weak self] in self?.look() }
    }

    /// Takes note that the file was read with these contents by somebody else.
    package func read(_ contents: FileContents) {
        known = contents.state
        digest = contents.digest
        isGone = false
        looks?.anew()
    }

    private func look() {
        let settled = candidate.flatMap { loop.now - $0.since >= Self.settling ? $0.state : nil }
        let look = FileLook(path: path, known: known, settled: settled, folders: looks?.notices, writers: writers)
        Background.begin(on: loop, { look.look() }, then: { [weak self] in self?.looked($0) })
    }

    private func looked(_ finding: FileLook.Finding?) {
        looks?.ended()
        switch finding {
        case nil, .unknown?: looks?.atTheLatest(after: Self.period)
        case .gone?: goneNow()
        case .same?:
            settle()
            looks?.atTheLatest(after: Self.period)
        case .changed(let state)?:
            if candidate?.state != state { candidate = (state, loop.now) }
            wait()
        case .beingWritten?: wait()
        case .read(let contents)?:
            settle()
            known = contents.state
            looks?.atTheLatest(after: Self.period)
            guard contents.digest != digest else { return }
            digest = contents.digest
            onEvent(.changed)
        }
    }

    private func settle() {
        isGone = false
        candidate = nil
        unsettledSince = nil
        isUnsettledTold = false
    }

    /// Lets whoever writes the file come to an end.
    private func wait() {
        let since = unsettledSince ?? loop.now
        unsettledSince = since
        let isLate = loop.now - since >= patience && !isUnsettledTold
        isUnsettledTold = isUnsettledTold || isLate
        let age = candidate.map { loop.now - $0.since } ?? .zero
        // The end of the writing is noticed; looks from time to time are for where it is not.
        let pause = age < Self.settling ? Self.settling - age : min(age, Self.period)
        let limit = isUnsettledTold ? Self.period : patience - (loop.now - since)
        looks?.atTheLatest(after: max(Self.spacing, min(pause, limit)))
        if isLate { onEvent(.unsettled) }
    }

    private func goneNow() {
        candidate = nil
        looks?.atTheLatest(after: Self.period)
        guard !isGone else { return }
        // The watch goes on: editors remove a file and put the new one in its place afterwards.
        isGone = true
        onEvent(.gone)
    }
}
