import Addresses
import Configuration
import Dialogues
import HealthChecks
import IPVS

// What results and the operator say of servers.

extension DirectedService {
    /// Counts a result for one of the servers.
    ///
    /// - Returns: what is to be told about it; what follows for the table is marked.
    mutating func checked(
        _ index: Int,
        _ result: CheckResult,
        in phase: MailAlert.Phases,
        at now: MonotonicTime
    ) -> [DirectorAction] {
        var actions: [DirectorAction] = []
        let isInMaintenance = servers[index].isInMaintenance
        if let file = virtual.monitorFile,
            let line = MonitorLine(file: file, virtual, servers[index].real, isInMaintenance ? .maintenance : result)
        {
            actions.append(.record(line))
        }
        if isInMaintenance { return actions }
        servers[index].lastResult = result
        let what = "\(servers[index].real.text) (\(key.text))"
        if result.isUnasked {
            if !servers[index].isToldUnasked {
                servers[index].isToldUnasked = true
                actions.append(.log("Real server \(what) could not be asked: \(result.reason)"))
            }
            return actions
        }
        servers[index].isToldUnasked = false
        let (failureCount, riseCount) = (virtual.failureCount, virtual.riseCount)
        let transition = update(index) {
            $0.health.count(result.verdict, failureCount: failureCount, riseCount: riseCount)
        }
        let counted = "\(servers[index].real.text) (\(key.identity))"
        switch transition {
        case nil:
            if servers[index].health.belief == .down, result.verdict == .down,
                servers[index].downReason?.isNews(result.layer, at: now) ?? false
            {
                actions.append(.log("Real server \(what) is still down: \(result.reason)"))
            }
        case .softFailure(let count):
            actions.append(.log("Soft failure real server: \(counted) failure \(count)/\(failureCount)"))
        case .recovered: actions.append(.log("Resetting soft failure count: \(counted)"))
        case .down:
            servers[index].since = now
            servers[index].downReason = DownReason(result.layer, at: now)
            actions.append(.log("Real server \(what) is down: \(result.reason)"))
            actions += tellAbsent(index, in: phase, at: now)
        case .up(let failures):
            servers[index].since = now
            servers[index].downReason = nil
            if failures > 0 { actions.append(.log("Resetting soft failure count: \(counted)")) }
            actions.append(.log("Real server \(what) is up: \(result.reason)"))
        }
        return actions
    }

    /// Gives those servers their verdict that are never asked.
    mutating func judgeUnasked(at now: MonotonicTime) {
        for index in servers.indices {
            let belief: ServerHealth.Belief
            let result: CheckResult
            switch servers[index].scheduled.check.method {
            case .alwaysUp: (belief, result) = (.up, CheckResult(.up, .administrative))
            case .alwaysDown: (belief, result) = (.down, CheckResult(.down, .administrative))
            case .connect, .ping, .negotiate, .combined, .external: continue
            }
            update(index) { server in
                server.lastResult = result
                if server.health.force(belief) { server.since = now }
            }
        }
    }

    /// Takes servers that maintenance files name out of service, and lets the others be asked again.
    mutating func maintain(_ orders: MaintenanceOrders, at now: MonotonicTime) -> [DirectorAction] {
        var actions: [DirectorAction] = []
        for index in servers.indices {
            let isNamed = orders.name(servers[index].real)
            guard servers[index].isInMaintenance != isNamed else { continue }
            update(index) { server in
                server.isInMaintenance = isNamed
                server.since = now
                server.lastResult = isNamed ? .maintenance : nil
                // Whoever leaves maintenance is up with its first success.
                if server.scheduled.check.asks { _ = server.health.force(.unknown) }
                server.adoptedWeight = nil
            }
            let what = "\(servers[index].real.text) (\(key.text))"
            actions.append(
                .log(
                    "Real server \(what) \(isNamed ? "is down: Server in maintenance" : "is no longer in maintenance")"
                )
            )
        }
        return actions
    }

    /// Tells by mail of a server whose first verdict is that it is down: where it has no weight, no change will tell.
    private mutating func tellAbsent(
        _ index: Int,
        in phase: MailAlert.Phases,
        at now: MonotonicTime
    ) -> [DirectorAction] {
        let endpoint = servers[index].real.destination.endpoint
        guard isRead, (actual[endpoint]?.weight ?? 0) == 0, servers[index].mailDue == nil else { return [] }
        servers[index].mailDue = virtual.mail?.repetition.map { now + $0 }
        return mailOfAbsence(endpoint, in: phase)
    }

    private func mailOfAbsence(_ endpoint: Endpoint, in phase: MailAlert.Phases) -> [DirectorAction] {
        let text = "Inaccessible real server: \(endpoint) (\(key.text))"
        guard let mail = virtual.mail(about: text, in: phase) else { return [] }
        return [.log("emailalert: \(text)"), .send(mail)]
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

    /// The mails that servers are still down, as far as they are due.
    mutating func repeatedMails(at now: MonotonicTime) -> [DirectorAction] {
        guard let repetition = virtual.mail?.repetition else { return [] }
        var actions: [DirectorAction] = []
        for index in servers.indices {
            guard let due = servers[index].mailDue, due <= now else { continue }
            servers[index].mailDue = now + repetition
            actions += mailOfAbsence(servers[index].real.destination.endpoint, in: .running)
        }
        return actions
    }

    /// When the next such mail is due.
    var nextMail: MonotonicTime? {
        virtual.mail?.repetition == nil ? nil : servers.lazy.compactMap(\.mailDue).min()
    }
}

extension CheckResult {
    /// What stands for the results of a server in maintenance.
    static let maintenance = CheckResult(.down, .administrative, text: "Server in maintenance")

    /// Layer and text, as the log tells them.
    var reason: String { text.isEmpty ? "\(layer)" : "\(layer): \(text)" }
}
