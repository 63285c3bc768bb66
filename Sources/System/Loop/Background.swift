import Time

/// Work that may block: done by a thread of its own, its outcome told in a turn of the loop.
package enum Background {
    /// Begins the work; `body` gets nil when there is no thread to be had.
    ///
    /// - Parameter waitsItsTurn: whether it comes after all else that the process does where processors are scarce, for work
    ///   that takes long and that nobody waits for.
    package static func begin<Outcome: Sendable>(
        on loop: EventLoop,
        waitsItsTurn: Bool = false,
        _ work: @escaping @Sendable () -> Outcome,
        then body: @escaping (Outcome?) -> Void
    ) {
        let lookups = Lookups<Int, Outcome>(of: [0], threads: 1) { _ in
            if waitsItsTurn { Machine.letOthersFirst() }
            return work()
        }
        var watch: Watch?
        let finish = {
            if let watch { loop.end(watch) }
            watch = nil
            body(lookups.answers[0])
        }
        do throws(SystemFailure) {
            watch = try loop.watch(lookups.descriptor, for: .readable) { _ in finish() }
        } catch {
            // Without a free descriptor the loop looks from time to time instead of being told.
            look(on: loop, until: loop.now + patience, { lookups.answers[0] != nil }, then: finish)
        }
    }

    /// The longest time for work whose end nothing tells.
    private static let patience = Duration.seconds(60)

    private static func look(
        on loop: EventLoop,
        until end: MonotonicTime,
        _ isDone: @escaping () -> Bool,
        then body: @escaping () -> Void
    ) {
        loop.at(loop.now + .milliseconds(50)) {
            if isDone() || loop.now >= end { body() } else { look(on: loop, until: end, isDone, then: body) }
        }
    }
}
