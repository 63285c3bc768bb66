import Configuration
import HealthChecks
import IPVS
import Time

/// What all services of the kernel share, as it was last known, beside what the configuration wants of it: timeouts and
/// sync daemons.
///
/// What the configuration says nothing of belongs to others. What the director changed comes back when nobody wants it any
/// more.
struct SettingsMirror: Sendable {
    /// The kernel's settings.
    private struct Settings: Sendable {
        var timeouts: Timeouts
        var daemons: [SyncDaemon.Role: SyncDaemon]
    }

    private static let fields: [any WritableKeyPath<Timeouts, UInt32> & Sendable] = [\.tcp, \.tcpFin, \.udp]

    private var timeouts: Timeouts?
    private var daemons: [SyncDaemon.Role: SyncDaemon] = [:]
    /// What the kernel has: the last reading, and the director's changes since; nil before it was read.
    private var known: Settings?
    /// The timeouts that come back, 0 for those that the director has not changed.
    private var former = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
    /// The roles whose daemons are the director's.
    private var own: Set<SyncDaemon.Role> = []
    /// What others changed and the director puts right, as often as it did.
    private var restorations = Restorations<SettingEvent.Setting>()
    private var backoff = Backoff()
    /// Whether something may have to be changed.
    private(set) var isDirty = false

    /// Takes what a configuration wants; what it no longer wants is undone.
    mutating func want(_ settings: DirectorSettings) {
        timeouts = settings.timeouts
        daemons = [:]
        for daemon in settings.syncDaemons { daemons[daemon.role] = daemon }
        restorations = Restorations()
        backoff = backoff.forAnotherConfiguration
        isDirty = true
    }

    // MARK: Readings

    /// Takes a reading of the kernel, in which timeouts stand where its settings were read.
    ///
    /// - Returns: what others did and what is made of it.
    mutating func read(_ table: Table, at now: MonotonicTime) -> [SettingEvent] {
        guard let present = table.timeouts else { return [] }
        let last = known
        let found = Settings(timeouts: present, daemons: table.daemons)
        known = found
        var events: [SettingEvent] = []
        if !restorations.resumeDue(at: now).isEmpty { isDirty = true }
        guard let last else {
            isDirty = true
            return []
        }
        let settings: [SettingEvent.Setting] = [.timeouts] + SyncDaemon.Role.allCases.map { .daemon($0) }
        for setting in settings where isRight(setting, last) && !isRight(setting, found) {
            let pause = restorations.pause(for: setting, at: now)
            events.append(.drifted(setting, pause.map { .putBackLater($0) } ?? .putBack))
            if pause == nil { isDirty = true }
        }
        return events
    }

    private func isRight(_ setting: SettingEvent.Setting, _ settings: Settings) -> Bool {
        switch setting {
        case .timeouts: target(settings.timeouts) == settings.timeouts
        case .daemon(let role):
            daemons[role].map { wanted in settings.daemons[role]?.satisfies(wanted) ?? false } ?? true
        }
    }

    /// What the timeouts shall be in the place of those that there are: what is wanted, else what was there before.
    private func target(_ present: Timeouts) -> Timeouts {
        (timeouts?.filled(from: former) ?? former).filled(from: present)
    }

    // MARK: Steps

    /// The changes that come before those of services, and those that come after them.
    mutating func steps() -> (before: [Change], after: [Change]) {
        guard isDirty, let known else { return ([], []) }
        isDirty = false
        forgetFormer()
        var (before, after): ([Change], [Change]) = ([], [])
        let target = target(known.timeouts)
        if target != known.timeouts, !restorations.isHeld(.timeouts) {
            var change = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
            for field in Self.fields where target[keyPath: field] != known.timeouts[keyPath: field] {
                change[keyPath: field] = target[keyPath: field]
            }
            before.append(.setTimeouts(change))
        }
        for role in SyncDaemon.Role.allCases where !restorations.isHeld(.daemon(role)) {
            let running = known.daemons[role]
            guard let wanted = daemons[role] else {
                if running != nil, own.contains(role) { before.append(.stopDaemon(role)) } else { own.remove(role) }
                continue
            }
            if running?.satisfies(wanted) ?? false {
                own.insert(role)
                continue
            }
            if running != nil { before.append(.stopDaemon(role)) }
            after.append(.startDaemon(wanted))
        }
        if before.isEmpty, after.isEmpty { backoff.succeed() }
        return (before, after)
    }

    // MARK: Answers of the kernel

    /// Takes over what one of the director's changes did.
    mutating func took(_ change: Change) {
        switch change {
        case .setTimeouts(let timeouts):
            guard let present = known?.timeouts else { return }
            keepFormer(of: timeouts, in: present)
            known?.timeouts = timeouts.filled(from: present)
            forgetFormer()
        case .startDaemon(let daemon):
            known?.daemons[daemon.role] = daemon
            own.insert(daemon.role)
        case .stopDaemon(let role):
            known?.daemons[role] = nil
            own.remove(role)
        case .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination, .zero,
            .flush:
            break
        }
    }

    /// Keeps what the timeouts that a change gives other values come back to.
    private mutating func keepFormer(of change: Timeouts, in present: Timeouts) {
        for field in Self.fields where change[keyPath: field] != 0 && former[keyPath: field] == 0 {
            if isWanted(field) { former[keyPath: field] = present[keyPath: field] }
        }
    }

    /// Forgets the timeouts that have come back: they belong to others again.
    private mutating func forgetFormer() {
        for field in Self.fields where !isWanted(field) && former[keyPath: field] == known?.timeouts[keyPath: field] {
            former[keyPath: field] = 0
        }
    }

    private func isWanted(_ field: KeyPath<Timeouts, UInt32>) -> Bool { timeouts?[keyPath: field] ?? 0 != 0 }

    /// Takes over what one of the director's changes may have done whose answer was lost, so that it is undone in the end; the
    /// next reading tells what became of it.
    mutating func mayHaveTaken(_ change: Change) {
        switch change {
        case .setTimeouts(let timeouts):
            if let present = known?.timeouts { keepFormer(of: timeouts, in: present) }
        case .startDaemon(let daemon): own.insert(daemon.role)
        case .stopDaemon, .addService, .editService, .deleteService, .addDestination, .editDestination,
            .deleteDestination, .zero, .flush:
            break
        }
    }

    /// Keeps whether all of a changeset's changes are in effect; what failed is tried again later.
    mutating func ended(isGood: Bool, at now: MonotonicTime) {
        if isGood { backoff.succeed() } else { backoff.postpone(at: now) }
    }

    /// When what failed is tried again; nil where nothing waits.
    var retryMoment: MonotonicTime? { backoff.moment }

    /// The pause until what failed is tried again, as it was chosen last; nil after a success.
    var retryPause: Duration? { backoff.pause }

    /// Lets what failed be tried again, if its time has come.
    mutating func retry(at now: MonotonicTime) {
        if backoff.isDue(at: now) { isDirty = true }
    }
}
