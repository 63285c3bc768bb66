import System
import Time

/// Notices that the files which a configuration includes are others, or have other contents, once nobody is writing them.
final class InclusionWatch {
    /// The time that they must have been left alone.
    private static let settling = Duration.seconds(1)
    /// The least time between two looks, whatever happens in the folders.
    private static let spacing = Duration.milliseconds(200)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(10)

    private let loop: EventLoop
    /// Tell of those who write the files where the kernel cannot be asked for them.
    private let writers: WriteNotices
    private let onChange: () -> Void
    private var looks: PacedLooks?
    /// The files as they were read last.
    private(set) var known: Inclusions
    /// What was found last, when that was different, and since when it is so.
    private var candidate: (found: Inclusions, since: MonotonicTime)?

    /// Watches files that were read so.
    init(on loop: EventLoop, _ read: Inclusions, writers: WriteNotices, _ onChange: @escaping () -> Void) {
        self.loop = loop
        self.writers = writers
        self.onChange = onChange
        known = read
        looks = PacedLooks(on: loop, spacing: Self.spacing) { [weak self] in self?.look() }
    }

    /// Takes note that they were read again.
    func read(_ read: Inclusions) {
        known = read
        candidate = nil
        looks?.anew()
    }

    private func look() {
        let (known, notices, writers) = (known, looks?.notices, writers)
        Background.begin(on: loop) {
            notices?.watch(known.folders)
            return known.isUnchanged() ? known : Inclusions(lookingAgainFor: known, writers)
        } then: { [weak self] found in
            self?.looked(found)
        }
    }

    private func looked(_ found: Inclusions?) {
        looks?.ended()
        guard let found, !found.hasContents(of: known) || found.unfinished != nil else {
            if let found { known = found }
            candidate = nil
            looks?.atTheLatest(after: Self.period)
            return
        }
        if candidate?.found != found { candidate = (found, loop.now) }
        let age = candidate.map { loop.now - $0.since } ?? .zero
        guard found.unfinished == nil, age >= Self.settling else {
            // The end of the writing is noticed; looks from time to time are for where it is not.
            looks?.atTheLatest(after: min(max(Self.settling, age), Self.period))
            return
        }
        known = found
        candidate = nil
        looks?.atTheLatest(after: Self.period)
        onChange()
    }
}
