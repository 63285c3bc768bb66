import Configuration
import Dialogues
import HealthChecks
import Time

/// A real server of a pool, with what is believed of it.
struct PooledServer: Sendable {
    /// How it is configured.
    let real: RealServer
    /// Its checks, all of which have to pass.
    private(set) var checks: [CheckRecord]
    /// Whether the operator keeps it out of service.
    private(set) var isInMaintenance = false
    /// The weights that it was found with, for each service of the pool in order, 0 where it was not; none while it was
    /// found nowhere.
    private(set) var adoptedWeights: [Int32] = []
    /// When what is believed of it last changed.
    private(set) var since: MonotonicTime
    /// When it is due to be told again that the server is down; nil while that is not wanted.
    var reminderDue: MonotonicTime?

    /// What the checks have made of its weight.
    private var checkedWeight = CheckedWeight()

    /// Makes a server that nothing is known of, unless it has no checks, and is up, or one that is never made, and is down.
    init(_ real: RealServer, since: MonotonicTime) {
        self.real = real
        self.since = since
        checks = real.checks.map { CheckRecord($0) }
    }

    // MARK: Beliefs

    /// What all checks together say.
    var belief: ServerHealth.Belief {
        checks.count == 1 ? checks[0].health.belief : .combined(checks.lazy.map(\.health.belief))
    }

    /// Whether it may take connections as far as its checks and the operator are concerned.
    var isAvailable: Bool { !isInMaintenance && belief.isInService }

    /// Whether it shall take connections.
    var isServing: Bool { servingWeight > 0 }

    /// Its weight while it shall take connections, and 0 while it shall not.
    var servingWeight: Int32 { isAvailable ? weightWhileUp : 0 }

    /// Whether it is up, as far as the operator and all of its checks have said so; nil while they have not.
    var verdict: Bool? {
        if isInMaintenance { return false }
        return belief.isKnown ? belief == .up : nil
    }

    /// Whether a verdict was given or is not awaited.
    var isKnown: Bool { isInMaintenance || belief.isKnown }

    /// The check that decides what is believed; nil where nothing is checked.
    var decisiveCheck: CheckRecord? {
        let belief = belief
        return checks.first { $0.health.belief == belief }
    }

    /// Whether its verdict is given by the configuration: it has no checks, or one that is never made.
    private var isUnchecked: Bool { checks.isEmpty || checks.contains { !$0.asks } }

    /// Its latest result, as people see it: that of the check that decides.
    var lastResult: CheckResult? {
        checks.isEmpty ? CheckResult(.up, .administrative) : decisiveCheck?.lastResult
    }

    /// Its weight while it is up: the configured one, with what its checks make of it.
    var weightWhileUp: Int32 { checkedWeight.weight(configured: real.weight) }

    /// What one of its checks adds to its weight.
    func share(of check: Int) -> Int64 { checkedWeight.share(of: check) }

    /// The weight that it shall have in a service while it may take connections; nil where it was found in service
    /// elsewhere only, and must prove itself first.
    func weight(in service: Int) -> Int32? {
        guard belief == .adopted, weightWhileUp > 0 else { return weightWhileUp }
        guard adoptedWeights.indices.contains(service), adoptedWeights[service] > 0 else { return nil }
        return adoptedWeights[service]
    }

    // MARK: Changes

    /// Counts a result of one of its checks, which has judged it.
    ///
    /// - Returns: what is to be told about it.
    mutating func count(_ result: CheckResult, of check: Int, at now: MonotonicTime) -> [ServerEvent] {
        checkedWeight.take(result, of: check, by: checks[check].check.weightRule)
        guard let news = checks[check].count(result, at: now) else { return [] }
        switch news {
        case .unasked: return [.unasked(result)]
        case .otherReason: return [.stillDown(result)]
        case .counted(.softFailure(let count)):
            let configured = checks[check].check
            guard configured.tellsEachFailure else { return [] }
            return [.softFailure(result, count: count, limit: configured.failureCount)]
        case .counted(.recovered): return [.recovered(result)]
        case .counted(.down):
            let isDownAnyway = checks.indices.contains { $0 != check && checks[$0].health.belief == .down }
            if isDownAnyway { return [.stillDown(result)] }
            since = now
            return [.down(result)]
        case .counted(.up(let failures)):
            guard belief == .up else { return failures > 0 ? [.recovered(result)] : [] }
            since = now
            return [.up(result, failures: failures)]
        }
    }

    /// Takes all of its checks for passed.
    mutating func assumePassed() {
        for index in checks.indices { checks[index].assumePassed() }
    }

    /// Keeps it in service where it was found with weight, unless something is known of it.
    ///
    /// - Parameters:
    ///   - weight: the weight that it was found with, above 0.
    ///   - service: in which of the pool's services.
    ///   - count: how many services the pool has.
    mutating func adopt(_ weight: Int32, in service: Int, of count: Int) {
        switch belief {
        case .unknown: for index in checks.indices { checks[index].adopt() }
        case .adopted: break
        case .up, .down: return
        }
        if adoptedWeights.isEmpty { adoptedWeights = Array(repeating: 0, count: count) }
        adoptedWeights[service] = weight
    }

    /// Takes it out of service, or lets it be asked again.
    mutating func maintain(_ isNamed: Bool, at now: MonotonicTime) {
        isInMaintenance = isNamed
        since = now
        adoptedWeights = []
        for index in checks.indices { checks[index].forget() }
    }

    /// Takes over what is known of it under a former configuration.
    ///
    /// - Parameter found: the weights that it has in the kernel, for each service in order, 0 where it is not there.
    mutating func takeOver(_ former: PooledServer, found: [Int32]) {
        isInMaintenance = former.isInMaintenance
        reminderDue = former.reminderDue
        let origins = origins(in: former)
        for (index, origin) in origins.enumerated() {
            if let origin { checks[index].takeOver(former.checks[origin]) }
        }
        checkedWeight = former.checkedWeight.moved(
            to: origins.enumerated().map { index, origin in
                origin.flatMap { former.checks[$0].check.weightRule == checks[index].check.weightRule ? $0 : nil }
            }
        )
        if !isUnchecked || belief == former.belief { since = former.since }
        // A verdict that has yet to be asked for, and one that never was given: until then things stay as they are.
        guard belief == .unknown && former.belief != .unknown || former.belief == .adopted else { return }
        let isStanding = former.isAvailableByChecks && found.contains { $0 > 0 }
        for index in checks.indices {
            if isStanding { checks[index].adopt() } else { checks[index].abandon() }
        }
        adoptedWeights = isStanding ? found : []
    }

    /// The former check that each check goes on from, by places: one that is equal, or else asks the same, or else one that
    /// is no longer there.
    ///
    /// Where another question takes the place of a former one, a server that serves keeps its verdict until the question is
    /// answered, and a failure stays one; but no verdict on another question brings a server into service.
    private func origins(in former: PooledServer) -> [Int?] {
        var origins: [Int?] = Array(repeating: nil, count: checks.count)
        var unused = Array(former.checks.indices)
        func match(_ isSame: (ServerCheck, ServerCheck) -> Bool) {
            for index in checks.indices where origins[index] == nil {
                let place = unused.firstIndex { isSame(former.checks[$0].check, checks[index].check) }
                if let place { origins[index] = unused.remove(at: place) }
            }
        }
        match { $0 == $1 }
        match { $0.probe == $1.probe }
        for (index, origin) in zip(checks.indices.filter { origins[$0] == nil }, unused) {
            guard former.isAvailableByChecks || former.checks[origin].health.belief == .down else { continue }
            origins[index] = origin
        }
        return origins
    }

    private var isAvailableByChecks: Bool { belief == .up || belief == .adopted }
}
