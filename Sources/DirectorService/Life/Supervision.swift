import System
import Time

/// What a service manager such as systemd is told of a director; nothing where none listens.
final class Supervision {
    private let loop: EventLoop
    private let notifier: Notifier?
    private var timer: LoopTimer?

    init(on loop: EventLoop, _ notifier: Notifier?) {
        self.loop = loop
        self.notifier = notifier
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// The director begins; from here on the loop shows that it turns, where that is watched.
    func begin() {
        guard let notifier else { return }
        notifier.status("Reading the configuration")
        if let period = notifier.watchdogPeriod { beat(every: period / 2) }
    }

    private func beat(every period: Duration) {
        notifier?.alive()
        timer = loop.at(loop.now + period) { [unowned self] in beat(every: period) }
    }

    /// The file is being loaded again.
    func reloading() { notifier?.reloading(at: EventLoop.clock) }

    /// The director works by the configuration in force, which has so many virtual servers and routers.
    func ready(services count: Int, routers: Int) {
        notifier?.ready(
            "Directing \(count) virtual servers" + (routers == 0 ? "" : ", sharing \(routers) virtual routers")
        )
    }

    /// The director is ending.
    func stopping() { notifier?.stopping() }
}
