import Configuration
import IPVS

/// What somebody who sees every change of timeouts and sync daemons knows of them, kept apart from the director's own account.
struct SimulatedSettings {
    /// Timeouts and sync daemons of a kernel.
    struct State: Hashable {
        var timeouts: Timeouts
        var daemons: [SyncDaemon.Role: SyncDaemon] = [:]

        init(_ kernel: SimulatedKernel) {
            timeouts = kernel.timeouts()
            for daemon in kernel.daemons() { daemons[daemon.role] = daemon }
        }
    }

    static let fields: [any WritableKeyPath<Timeouts, UInt32> & Sendable] = [\.tcp, \.tcpFin, \.udp]

    /// What the configuration in force wants.
    private(set) var wanted = DirectorSettings()
    /// Whether the table is emptied at the stop that has begun.
    private(set) var emptiesAtStop = false
    /// What each timeout was before the director changed it; 0 where it has not, or has put it back.
    private var former = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
    /// The roles for which a configuration of this director wanted a daemon that it has not stopped since.
    private var ownRoles: Set<SyncDaemon.Role> = []
    /// Whether somebody else changed something since the start, so that nobody knows what things come back to.
    private var isMeddled = false
    /// How often somebody else changed something under the configuration in force.
    private var meddlings = 0
    /// Whether the answer to a change was lost, and the director has not read since what became of it.
    private var isUncertain = false

    /// Makes the account of a start.
    init(_ settings: DirectorSettings = DirectorSettings()) { want(settings) }

    mutating func want(_ settings: DirectorSettings) {
        wanted = settings
        meddlings = 0
        for daemon in settings.syncDaemons { ownRoles.insert(daemon.role) }
    }

    mutating func meddled() {
        isMeddled = true
        meddlings += 1
    }

    /// Whether what others change is put right at once: nobody fights over it for long.
    var isPutRight: Bool { meddlings <= 3 }

    mutating func missed() { isUncertain = true }

    mutating func read() { isUncertain = false }

    /// Takes the stop, after which nothing is wanted any more.
    mutating func stops() {
        emptiesAtStop = wanted.emptiesTableAtStop
        wanted = DirectorSettings()
    }

    private func wants(_ field: KeyPath<Timeouts, UInt32>) -> UInt32 { wanted.timeouts?[keyPath: field] ?? 0 }

    // MARK: Changes

    /// Takes one of the director's changes that took effect.
    ///
    /// - Returns: the promises that it breaks.
    mutating func took(_ change: Change, from before: State, to after: State) -> [String] {
        var broken: [String] = []
        switch change {
        case .setTimeouts(let timeouts):
            if before == after, !isMeddled, !isUncertain {
                broken.append("a command for what did not change: \(change)")
            }
            for field in Self.fields where timeouts[keyPath: field] != 0 {
                broken += took(timeouts[keyPath: field], field, from: before)
            }
        case .startDaemon(let daemon):
            if !wanted.syncDaemons.contains(daemon) { broken.append("nobody wants it: \(change)") }
        case .stopDaemon(let role):
            let isWanted = wanted.syncDaemons.contains { $0.role == role }
            if !isWanted, !ownRoles.contains(role) { broken.append("a daemon of others: \(change)") }
            if !isWanted { ownRoles.remove(role) }
        default: break
        }
        return broken
    }

    private mutating func took(
        _ value: UInt32,
        _ field: any WritableKeyPath<Timeouts, UInt32> & Sendable,
        from before: State
    ) -> [String] {
        let present = before.timeouts[keyPath: field]
        guard wants(field) == 0 else {
            if former[keyPath: field] == 0 { former[keyPath: field] = present }
            return value == wants(field) ? [] : ["a timeout became \(value), not \(wants(field))"]
        }
        defer { former[keyPath: field] = 0 }
        // What came back though its answer was lost is asked for again until the next reading.
        if isUncertain, value == present { return [] }
        if former[keyPath: field] == 0, !isMeddled { return ["a timeout of others became \(value)"] }
        return value == former[keyPath: field] || isMeddled
            ? [] : ["a timeout came back as \(value), not \(former[keyPath: field])"]
    }

    // MARK: Rest

    /// In what a kernel at rest is not as it shall be.
    func differences(_ state: State) -> [String] {
        var differences: [String] = []
        for field in Self.fields {
            let present = state.timeouts[keyPath: field]
            if wants(field) != 0, present != wants(field) {
                differences.append("a timeout is \(present), not \(wants(field))")
            }
            if wants(field) == 0, former[keyPath: field] != 0, former[keyPath: field] != present, !isMeddled {
                differences.append("a timeout is \(present) and was \(former[keyPath: field]) once")
            }
        }
        for role in SyncDaemon.Role.allCases {
            let running = state.daemons[role]
            if let daemon = wanted.syncDaemons.first(where: { $0.role == role }) {
                if !(running?.satisfies(daemon) ?? false) { differences.append("the daemon \(role) does not run") }
            } else if running != nil, ownRoles.contains(role), !isMeddled {
                differences.append("the daemon \(role) runs on")
            }
        }
        return differences
    }
}
