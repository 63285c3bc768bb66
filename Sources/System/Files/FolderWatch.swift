/// Tells in a turn of the loop when something happens to the names in some folders.
///
/// It tells neither which nor what: whoever is told looks. Where it cannot watch it says nothing, and whoever depends on it
/// looks from time to time all the same.
final class FolderWatch {
    private let loop: EventLoop
    /// The folders; whoever looks into them, on whatever thread, says which they are.
    let notices = FolderNotices()
    private var watch: Watch?

    /// Watches nothing yet; `onChange` is called once for each turn of the loop in which something happened.
    init(on loop: EventLoop, _ onChange: @escaping () -> Void) {
        self.loop = loop
        guard notices.descriptor >= 0 else { return }
        watch = try? loop.watch(notices.descriptor, for: .readable) { [notices] _ in
            notices.drain()
            onChange()
        }
    }

    deinit {
        if let watch { loop.end(watch) }
    }
}
