package import Links
import LinksNetlink
import Synchronization
import System
import TestKit
import Time

/// A keeper on a thread of its own, as the process of the virtual routers has it, in the namespace of whoever makes it.
package final class KeepingThread {
    private final class Shared: Sendable {
        let wish = Mutex<LinkWish?>(nil)
        let isOver = Atomic(false)
        let isSettled = Atomic(false)
    }

    private let shared = Shared()
    private let work: BackgroundWork<Void>

    /// Starts the thread.
    package init() throws {
        let shared = shared
        work = try BackgroundWork { try Self.keep(shared) }
    }

    /// Has an owner want this in place of what it wanted before.
    package func want(_ wish: LinkWish) {
        shared.isSettled.store(false, ordering: .sequentiallyConsistent)
        shared.wish.withLock { $0 = wish }
    }

    /// Whether all that was wanted last has been set.
    package var isSettled: Bool { shared.isSettled.load(ordering: .sequentiallyConsistent) }

    /// Ends the thread.
    package func end() throws {
        shared.isOver.store(true, ordering: .sequentiallyConsistent)
        try work.finish()
    }

    private static func keep(_ shared: Shared) throws {
        let kernel = try NetlinkLinks()
        let loop = try EventLoop()
        let watches = try [kernel.changeDescriptor, kernel.routeDescriptor].map {
            try loop.watch($0, for: .readable) { _ in }
        }
        defer { for watch in watches { loop.end(watch) } }
        let keeper = LinksKeeper(kernel, LinksMirror(), clock: { EventLoop.clock })
        while !shared.isOver.load(ordering: .sequentiallyConsistent) {
            let wish = shared.wish.withLock { wish in
                defer { wish = nil }
                return wish
            }
            if let wish { keeper.want(wish, of: .router("VI_1")) }
            let news = try keeper.turn()
            if news.events.contains(where: { $0.name == "settled" }) {
                shared.isSettled.store(true, ordering: .sequentiallyConsistent)
            }
            _ = try loop.runTurn(atMost: .milliseconds(5))
        }
    }
}
