import Failover
import System
import Time
import VRRP
import VRRPControl

// What directors and commands are told, and what they ask for.

extension RunningRouters {
    func tell(_ event: RouterEvent) {
        lines?.broadcast(event)
        if lines?.hasDirector != true, let text = event.shortText { log.write(text, kind: text) }
        planStatus()
    }

    private func planStatus() {
        guard statusTimer == nil, lines != nil else { return }
        statusTimer = loop.at(loop.now + .milliseconds(100)) { [unowned self] in
            statusTimer = nil
            lines?.broadcast(status)
        }
    }

    /// How all stands.
    private var status: RoutersStatus {
        var status = RoutersStatus(
            node: node?.status ?? NodeStatus(),
            generation: generation,
            began: began,
            moment: loop.now,
            worstLateness: worstLateness
        )
        status.awaitsSynchronisation = node?.awaitsSynchronisation ?? false
        status.deaf = deaf.mapValues(\.description)
        return status
    }

    func take(_ matter: RouterLines.Matter) {
        switch matter {
        case .greeted(let line): lines?.say(.status(status), to: line)
        case .directors(let arePresent):
            if arePresent { tell { $0.trackersReturned(at: $1) } } else { tell { $0.trackersVanished(at: $1) } }
        case .request(let request, let line): carryOut(request, line)
        }
    }

    func carryOut(_ request: RoutersRequest, _ line: Int) {
        switch request {
        case .greeting: break
        case .configure(let set, let number): lines?.say(.answer(number: number, refusal: configure(set)), to: line)
        case .track(let subject, let value): track(subject, value)
        case .order(let order, let number):
            let refusal = objection(to: order)
            if refusal == nil { tell { $0.ordered(order, at: $1) } }
            lines?.say(.answer(number: number, refusal: refusal), to: line)
        case .tableMeasured(let synchronised, let total):
            tell { $0.tableMeasured(synchronised: synchronised, total: total, at: $1) }
        case .restart(let number):
            lines?.say(.answer(number: number, refusal: nil), to: line)
            finish(.restart)
        case .clearCounters: node?.clearCounters()
        case .status: lines?.say(.status(status), to: line)
        }
    }

    func track(_ subject: TrackedSubject, _ value: TrackedValue) {
        guard values[subject] != value else { return }
        values[subject] = value
        tell { $0.tracked(subject, value, at: $1) }
        guard valueTimer == nil else { return }
        valueTimer = loop.at(loop.now + .milliseconds(100)) { [unowned self] in
            valueTimer = nil
            try? folder.keep(values)
        }
    }

    func objection(to order: NodeOrder) -> String? {
        guard let configuration = node?.configuration else { return "there is no virtual router" }
        guard let name = order.name else { return nil }
        let isKnown =
            configuration.routers.contains { $0.name == name } || configuration.groups.contains { $0.name == name }
        return isKnown ? nil : "there is no virtual router or group \(name)"
    }
}
