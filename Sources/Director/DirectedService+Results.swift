import Addresses
import Configuration
package import Dialogues
import HealthChecks
import IPVS

// What results and the operator say of servers.

extension DirectedService {
    /// Counts a result for one of the servers.
    ///
    /// - Returns: what is to be told about it; what follows for the table is marked.
    mutating func checked(_ index: Int, _ result: CheckResult, at now: MonotonicTime) -> [DirectorEvent.Matter] {
        var events: [ServerEvent] = []
        let isInMaintenance = servers[index].isInMaintenance
        if virtual.monitorFile != nil {
            events.append(isInMaintenance ? .checkedInMaintenance(result) : .checked(result))
        }
        if !isInMaintenance { count(result, for: index, at: now, &events) }
        if events.isEmpty { return [] }
        let real = servers[index].real
        return events.map { .server(real, $0) }
    }

    private mutating func count(
        _ result: CheckResult,
        for index: Int,
        at now: MonotonicTime,
        _ events: inout [ServerEvent]
    ) {
        servers[index].lastResult = result
        if result.isUnasked {
            if !servers[index].isToldUnasked {
                servers[index].isToldUnasked = true
                events.append(.unasked(result))
            }
            return
        }
        servers[index].isToldUnasked = false
        let (failureCount, riseCount) = (servers[index].check?.failureCount ?? 1, servers[index].check?.riseCount ?? 1)
        let transition = update(index) {
            $0.health.count(result.verdict, failureCount: failureCount, riseCount: riseCount)
        }
        switch transition {
        case nil:
            if servers[index].health.belief == .down, result.verdict == .down,
                servers[index].downReason?.isNews(result.layer, at: now) ?? false
            {
                events.append(.stillDown(result))
            }
        case .softFailure(let count):
            guard servers[index].check?.tellsEachFailure ?? false else { return }
            events.append(.softFailure(result, count: count, limit: failureCount))
        case .recovered: events.append(.recovered(result))
        case .down:
            servers[index].since = now
            servers[index].downReason = DownReason(result.layer, at: now)
            events.append(.down(result))
            if isAbsenceToBeTold(index, at: now) { events.append(.absent) }
        case .up(let failures):
            servers[index].since = now
            servers[index].downReason = nil
            events.append(.up(result, failures: failures))
        }
    }

    /// Gives those servers their verdict that are never asked.
    mutating func judgeUnasked(at now: MonotonicTime) {
        for index in servers.indices where servers[index].scheduled == nil {
            let isUp = servers[index].check == nil
            update(index) { server in
                server.lastResult = CheckResult(isUp ? .up : .down, .administrative)
                if server.health.force(isUp ? .up : .down) { server.since = now }
            }
        }
    }

    /// Takes servers that maintenance files name out of service, and lets the others be asked again.
    ///
    /// - Returns: what is to be told about it.
    mutating func maintain(_ orders: MaintenanceOrders, at now: MonotonicTime) -> [DirectorEvent.Matter] {
        var events: [DirectorEvent.Matter] = []
        for index in servers.indices {
            let isNamed = orders.name(servers[index].real)
            guard servers[index].isInMaintenance != isNamed else { continue }
            update(index) { server in
                server.isInMaintenance = isNamed
                server.since = now
                server.lastResult = nil
                // Whoever leaves maintenance is up with its first success.
                if server.scheduled != nil { _ = server.health.force(.unknown) }
                server.adoptedWeight = nil
            }
            events.append(.server(servers[index].real, isNamed ? .maintenanceBegun : .maintenanceEnded))
        }
        return events
    }

    /// Whether mail shall tell that a server is down which was never up: where it has no weight, no change will tell.
    private mutating func isAbsenceToBeTold(_ index: Int, at now: MonotonicTime) -> Bool {
        let endpoint = servers[index].destination.endpoint
        guard let mail = virtual.mail, isRead, (actual[endpoint]?.weight ?? 0) == 0, servers[index].mailDue == nil
        else { return false }
        servers[index].mailDue = mail.repetition.map { now + $0 }
        return true
    }

    /// Keeps what repeated mails are about.
    ///
    /// - Returns: when the first one about this change is due.
    mutating func noteMail(about change: Change, at now: MonotonicTime) -> MonotonicTime? {
        guard let repetition = virtual.mail?.repetition else { return nil }
        let (endpoint, isOut): (Endpoint, Bool)
        switch change {
        case .addDestination(let destination, _), .editDestination(let destination, _):
            (endpoint, isOut) = (destination.endpoint, destination.weight == 0)
        case .deleteDestination(let gone, _): (endpoint, isOut) = (gone, true)
        case .addService, .editService, .deleteService, .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon:
            return nil
        }
        var due: MonotonicTime?
        for index in serversByEndpoint[endpoint] ?? [] {
            let isDown = isOut && servers[index].isKnown && !servers[index].isServing
            servers[index].mailDue = isDown ? now + repetition : nil
            if isDown { due = now + repetition }
        }
        return due
    }

    /// The reminders that servers are still down, as far as they are due.
    mutating func reminders(at now: MonotonicTime) -> [DirectorEvent.Matter] {
        guard let repetition = virtual.mail?.repetition else { return [] }
        var events: [DirectorEvent.Matter] = []
        for index in servers.indices {
            guard let due = servers[index].mailDue, due <= now else { continue }
            servers[index].mailDue = now + repetition
            events.append(.server(servers[index].real, .absent))
        }
        return events
    }

    /// When the next such mail is due.
    var nextMail: MonotonicTime? {
        virtual.mail?.repetition == nil ? nil : servers.lazy.compactMap(\.mailDue).min()
    }
}

extension CheckResult {
    /// Layer and text, for people.
    package var reason: String { text.isEmpty ? "\(layer)" : "\(layer): \(text)" }
}
