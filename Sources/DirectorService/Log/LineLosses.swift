import Synchronization

/// The lines that could not be written, until somebody is told.
final class LineLosses: Sendable {
    private struct State: Sendable {
        var count = 0
        var reason = ""
    }

    private let state = Mutex(State())

    /// Notes that lines are lost.
    func note(_ count: Int, because reason: String) {
        state.withLock { state in
            state.count += count
            state.reason = reason
        }
    }

    /// The line that tells of them; nil when there are none.
    var line: String? {
        state.withLock { $0.count > 0 ? "\($0.count) log lines were lost: \($0.reason)" : nil }
    }

    /// Why lines are lost; nil when none are.
    var reason: String? { state.withLock { $0.count > 0 ? $0.reason : nil } }

    /// Forgets them, as they are told.
    func forget() {
        state.withLock { $0 = State() }
    }
}
