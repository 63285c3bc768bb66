import CheckIO
import Glibc
import HealthChecks

/// Notices that a file has other contents than when it was read last, however it came to them.
final class ConfigurationWatch {
    /// What was noticed.
    enum Event: Hashable {
        /// It has other contents.
        case changed
        /// There is no such file any more, or it cannot be read.
        case gone
    }

    /// The time that a file must have been left alone.
    private static let settling = Duration.milliseconds(100)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(10)

    private let loop: EventLoop
    private let path: String
    private let onEvent: (Event) -> Void
    private var folders: FolderWatch?
    private var timer: LoopTimer?
    /// The file as it was looked into last.
    private var known: FileState?
    private var digest: Int?
    /// The file as it was seen last, when that was different.
    private var candidate: FileState?
    private var isGone = false

    /// Watches a file that was read with these contents; changes since then are noticed too.
    init(on loop: EventLoop, path: String, contents: FileContents, _ onEvent: @escaping (Event) -> Void) {
        self.loop = loop
        self.path = path
        self.onEvent = onEvent
        known = contents.state
        digest = contents.digest
        folders = FolderWatch(on: loop) { [weak self] in self?.look(after: Self.settling) }
        folders?.watch(LinkTrail.folders(to: path))
        look(after: .zero)
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// Takes note that the file was read with these contents by somebody else.
    func read(_ contents: FileContents) {
        known = contents.state
        digest = contents.digest
        isGone = false
        look(after: Self.settling)
    }

    private func look(after delay: Duration) {
        if let timer { loop.cancel(timer) }
        timer = loop.at(loop.now + delay) { [weak self] in self?.look() }
    }

    private func look() {
        timer = nil
        // A link may lead elsewhere now.
        folders?.watch(LinkTrail.folders(to: path))
        guard let state = FileState(of: path) else { return goneNow() }
        if state == known {
            isGone = false
            candidate = nil
            return look(after: Self.period)
        }
        // Somebody may still be writing.
        guard state == candidate else {
            candidate = state
            return look(after: Self.settling)
        }
        candidate = nil
        let contents: FileContents
        do throws(SystemFailure) {
            contents = try FileContents(reading: path)
        } catch {
            // Without descriptors nobody can tell what it has; the next look does.
            return error.isExhaustion ? look(after: Self.period) : goneNow()
        }
        isGone = false
        known = contents.state
        look(after: Self.period)
        guard contents.digest != digest else { return }
        digest = contents.digest
        onEvent(.changed)
    }

    private func goneNow() {
        candidate = nil
        look(after: Self.period)
        guard !isGone else { return }
        // An editor may be about to put the new one in its place.
        isGone = true
        onEvent(.gone)
    }
}
