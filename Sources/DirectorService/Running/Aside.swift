import CheckIO
import HealthChecks

/// Work that may block: done by a thread of its own, its outcome told in a turn of the loop.
enum Aside {
    /// Begins the work; `body` gets nil when there is no thread to be had.
    static func begin<Outcome: Sendable>(
        on loop: EventLoop,
        _ work: @escaping @Sendable () -> Outcome,
        then body: @escaping (Outcome?) -> Void
    ) {
        let lookups = Lookups<Int, Outcome>(of: [0], threads: 1) { _ in work() }
        var watch: Watch?
        let finish = {
            if let watch { loop.end(watch) }
            watch = nil
            body(lookups.answers[0])
        }
        do throws(SystemFailure) {
            watch = try loop.watch(lookups.descriptor, for: .readable) { _ in finish() }
        } catch {
            // Without a descriptor, the wait is the loop's.
            loop.at(loop.now) {
                _ = lookups.answers(within: .seconds(60))
                finish()
            }
        }
    }
}
