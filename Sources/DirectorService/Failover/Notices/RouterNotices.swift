import Addresses
import Configuration
import Director
import Failover
import Links
import VRRP

/// What is told of virtual routers and groups by programs, pipes and mails, as a configuration wants it.
///
/// A state is told when it is another than the one that was told last, so that a process of virtual routers that goes on where the
/// one before it stood is told of to nobody.
struct RouterNotices: Sendable {
    /// What is told of one subject.
    struct Telling: Hashable, Sendable {
        let subject: NoticeSubject
        let notices: [StateNotice]
        /// Whether it is a state of the subject.
        let isState: Bool
    }

    /// What is known of a subject beside its configuration.
    private struct Facts: Sendable {
        /// The state that was told last.
        var told: StateWord?
        /// The state that was mailed last.
        var mailed: StateWord?
        /// The priority of a router, as it was told last.
        var priority: UInt8 = 0
        /// The router that was heard as master last.
        var master: IPAddress?
        /// Why it is in fault.
        var reasons: Set<FaultReason> = []
        /// What the configuration that had it last wants told.
        var notices = FailoverNotices()
    }

    /// The name of the program in mails.
    private static let mailer = "Keepalived"

    private var configuration = FailoverConfiguration()
    private var routers: [String: VirtualRouter] = [:]
    private var facts: [NoticeSubject: Facts] = [:]

    /// Tells as a configuration wants it from here on; what it does not have any more is told of once more, when it is deleted.
    mutating func change(to new: FailoverConfiguration) {
        configuration = new
        routers = Dictionary(new.routing.routers.map { ($0.name, $0) }) { first, _ in first }
        for router in new.routing.routers {
            facts[NoticeSubject(kind: .router, name: router.name), default: Facts()].notices =
                new.routerNotices[router.name] ?? FailoverNotices()
        }
        for group in new.routing.groups {
            facts[NoticeSubject(kind: .group, name: group.name), default: Facts()].notices =
                new.groupNotices[group.name] ?? FailoverNotices()
        }
    }

    /// The states that were told last.
    var told: [NoticeSubject: StateWord] { facts.compactMapValues(\.told) }

    /// Another process is there: what the one before it has stopped may begin.
    mutating func processBegan() {
        for (subject, known) in facts where known.told == .stop { facts[subject]?.told = nil }
    }

    /// Takes states that a director before this one has told of.
    mutating func know(_ states: [NoticeSubject: StateWord]) {
        for (subject, word) in states where facts[subject] != nil && facts[subject]?.told == nil {
            facts[subject]?.told = word
            facts[subject]?.mailed = word
        }
    }

    /// What is told of an event; nil for nothing.
    mutating func telling(of event: RouterEvent) -> Telling? {
        switch event {
        case .router(let name, let matter, _, let priority):
            return telling(of: matter, NoticeSubject(kind: .router, name: name), priority: priority)
        case .group(let name, let matter, _):
            let subject = NoticeSubject(kind: .group, name: name)
            switch matter {
            case .synchronising: return nil
            case .entered(let state): return StateWord(state).flatMap { turn(subject, to: $0) }
            case .stopped: return turn(subject, to: .stop)
            case .deleted: return delete(subject)
            }
        case .node: return nil
        }
    }

    private mutating func telling(of matter: RouterMatter, _ subject: NoticeSubject, priority: UInt8) -> Telling? {
        facts[subject, default: Facts()].priority = priority
        switch matter {
        case .entered(let state):
            if state == .master { facts[subject]?.master = nil }
            return StateWord(state).flatMap { turn(subject, to: $0) }
        case .stopped: return turn(subject, to: .stop)
        case .deleted: return delete(subject)
        case .faultBegan(let reason): facts[subject]?.reasons.insert(reason)
        case .faultEnded(let reason): facts[subject]?.reasons.remove(reason)
        case .yielded(let other, _), .discardedLower(let other), .yieldedAfterStall(let other):
            facts[subject]?.master = other.address
        case .heardLower(let other, _, _): return lowerPriority(subject, other)
        case .priorityChanged:
            guard facts[subject]?.notices.tellsPriorities == true else { return nil }
            let word = facts[subject]?.told == .master ? "MASTER_PRIORITY" : "BACKUP_PRIORITY"
            return Telling(subject: subject, notices: [line(subject, word)], isState: false)
        default: break
        }
        return nil
    }

    /// What is told of states that were entered while nobody was there to be told.
    mutating func tellings(ofStates states: [(subject: NoticeSubject, state: RouterState, priority: UInt8)])
        -> [Telling]
    {
        states.compactMap { item in
            // A process that ends may still tell how its routers stand, after it has said that they stop.
            guard facts[item.subject]?.told != .stop else { return nil }
            if item.subject.kind == .router { facts[item.subject, default: Facts()].priority = item.priority }
            return StateWord(item.state).flatMap { turn(item.subject, to: $0) }
        }
    }

    /// The lines that say all states once more, groups first, where the configuration wants that after it was read again.
    var repeatedLines: [String] {
        guard configuration.repeatsStatesOnReload else { return [] }
        let subjects =
            configuration.routing.groups.map { NoticeSubject(kind: .group, name: $0.name) }
            + configuration.routing.routers.map { NoticeSubject(kind: .router, name: $0.name) }
        return subjects.compactMap { subject in
            facts[subject]?.told.map { text(subject, $0.rawValue) }
        }
    }

    // MARK: States

    private mutating func turn(_ subject: NoticeSubject, to word: StateWord) -> Telling? {
        let known = facts[subject] ?? Facts()
        guard known.told != word else { return nil }
        facts[subject] = known
        facts[subject]?.told = word
        let notices = known.notices
        let program =
            switch word {
            case .master: notices.master
            case .backup: notices.backup
            case .fault: notices.fault
            case .stop: notices.stop
            case .deleted: notices.deleted
            }
        // Whoever does not ask for the end of a router is told of a fault.
        let isToldAsFault = word == .deleted && !notices.tellsDeletion
        let name = isToldAsFault ? StateWord.fault : word
        let shown = isToldAsFault ? notices.fault : program
        let variables = variables(of: subject, word, former: known.told)
        var told: [StateNotice] = []
        if let shown { told.append(StateNotice(.state, .run(shown, variables: variables))) }
        if let any = notices.any {
            let words = [kind(subject), subject.name, name.rawValue, "\(priority(subject))"]
            told.append(StateNotice(.any, .run(any.adding(words), variables: variables)))
        }
        told.append(line(subject, name.rawValue))
        if let mail = mail(subject, word) { told.append(mail) }
        return Telling(subject: subject, notices: told, isState: true)
    }

    private mutating func delete(_ subject: NoticeSubject) -> Telling? {
        defer { facts[subject] = nil }
        return turn(subject, to: .deleted)
    }

    private mutating func mail(_ subject: NoticeSubject, _ word: StateWord) -> StateNotice? {
        guard let alert = configuration.mail, let known = facts[subject], known.notices.sendsMail,
            !(word == .fault && configuration.mailsNoFaults), known.mailed != word
        else { return nil }
        facts[subject]?.mailed = word
        let label = alert.label.map { "[\($0)] " } ?? ""
        let what = subject.kind == .router ? "Instance" : "Group"
        let mail = Mail(
            alert: alert,
            subject: "\(label)VRRP \(what) \(subject.name) - \(word.mailSubject)",
            lines: [word.mailBody(of: subject.kind)],
            mailer: Self.mailer
        )
        return StateNotice(.mail, .send(mail))
    }

    // MARK: Others

    private func lowerPriority(_ subject: NoticeSubject, _ other: RouterMatter.Other) -> Telling {
        var notices: [StateNotice] = []
        if let program = facts[subject]?.notices.lowerPriority {
            var variables = variables(of: subject, .master, former: .master)
            variables["VRRP_OTHER"] = "\(other.address)"
            variables["VRRP_OTHER_PRIORITY"] = "\(other.priority)"
            notices.append(StateNotice(.lowerPriority, .run(program, variables: variables)))
        }
        return Telling(subject: subject, notices: notices + [line(subject, "MASTER_RX_LOWER_PRI")], isState: false)
    }

    // MARK: Words

    private func kind(_ subject: NoticeSubject) -> String { subject.kind == .router ? "INSTANCE" : "GROUP" }

    private func priority(_ subject: NoticeSubject) -> UInt8 {
        subject.kind == .group ? 0 : facts[subject]?.priority ?? 0
    }

    private func text(_ subject: NoticeSubject, _ word: String) -> String {
        "\(kind(subject)) \"\(subject.name)\" \(word) \(priority(subject))"
    }

    private func line(_ subject: NoticeSubject, _ word: String) -> StateNotice {
        StateNotice(.line, .write(text(subject, word)))
    }

    /// What a program finds in its environment beside its words.
    private func variables(of subject: NoticeSubject, _ word: StateWord, former: StateWord?) -> [String: String] {
        var variables = [
            "VRRP_KIND": kind(subject), "VRRP_NAME": subject.name, "VRRP_STATE": word.rawValue,
            "VRRP_FORMER_STATE": former?.rawValue ?? "", "VRRP_PRIORITY": "\(priority(subject))",
        ]
        guard let known = facts[subject] else { return variables }
        variables["VRRP_MASTER"] = known.master.map { "\($0)" }
        let reasons = known.reasons.sorted().map(\.words)
        if !reasons.isEmpty { variables["VRRP_REASON"] = reasons.joined(separator: "; ") }
        guard subject.kind == .router, let router = routers[subject.name] else { return variables }
        variables["VRRP_ROUTER_ID"] = "\(router.routerID)"
        variables["VRRP_INTERFACE"] = router.interface
        variables["VRRP_ADDRESSES"] = (router.addresses + router.unadvertisedAddresses)
            .map { "\($0.address.address)" }.joined(separator: " ")
        return variables
    }
}
