package import Configuration
import Failover
import Time
package import VRRP

/// Writes out how virtual routers stand, in the forms that keepalived 2.2.7 has for its signals.
///
/// Passwords are hidden, as version 2.4 does. What is about sockets of the original's process is left out.
package struct FailoverDump: Sendable {
    let configuration: FailoverConfiguration
    let status: NodeStatus
    let clock: WallClock
    /// What the trackers told last.
    let values: [TrackedSubject: TrackedValue]
    private let accounts: [AccountQuestion: AccountAnswer]
    /// The status of each router by its name.
    private let states: [String: RouterStatus]
    /// The names of the groups by those of their members.
    let groups: [String: String]

    /// Makes a dump of a moment.
    ///
    /// - Parameters:
    ///   - configuration: what is in force.
    ///   - status: how its routers stand.
    ///   - clock: says when things happened.
    ///   - values: what the trackers told last.
    ///   - accounts: the numbers of users, for programs.
    package init(
        _ configuration: FailoverConfiguration,
        _ status: NodeStatus,
        clock: WallClock,
        values: [TrackedSubject: TrackedValue] = [:],
        accounts: [AccountQuestion: AccountAnswer] = [:]
    ) {
        self.configuration = configuration
        self.status = status
        self.clock = clock
        self.values = values
        self.accounts = accounts
        states = Dictionary(status.routers.map { ($0.name, $0) }) { first, _ in first }
        let members = configuration.routing.groups.flatMap { group in group.members.map { ($0, group.name) } }
        groups = Dictionary(members) { first, _ in first }
    }

    /// How a router stands; as one that has not begun where nothing is known of it.
    func state(of router: VirtualRouter) -> RouterStatus {
        states[router.name]
            ?? RouterStatus(
                router.name,
                state: .initial,
                since: .init(nanoseconds: 0),
                priority: router.priority,
                interval: router.interval
            )
    }

    /// `'/bin/true' 'a', uid:gid 0:0`.
    func program(_ program: NoticeProgram) -> String {
        "\(program.quoted), uid:gid \(numbers(of: program))"
    }

    /// The numbers of whom a program runs as; his name where they are not known.
    func numbers(of program: NoticeProgram) -> String {
        guard let user = program.user else { return "0:0" }
        guard case .found(let number, let group)? = accounts[AccountQuestion(user: user, group: program.group)] else {
            return "\(user):\(program.group ?? user)"
        }
        return "\(number):\(group)"
    }

    /// The name of the interface that a router makes.
    func linkName(of router: VirtualRouter) -> String? {
        switch router.link {
        case .macvlan(let settings):
            settings.name ?? "\(configuration.routing.settings.linkPrefix).\(router.routerID)"
        case .ipvlan(let settings):
            settings.name ?? "\(configuration.routing.settings.linkPrefix).\(router.routerID)"
        case nil: nil
        }
    }

    /// The counters (`keepalived.stats`).
    package var statistics: String {
        var text = DumpText()
        for router in configuration.routing.routers {
            let counters = state(of: router).counters
            text.add("VRRP Instance: \(router.name)")
            text.add("  Advertisements:")
            text.add(["    Received: \(counters.advertisementsReceived)", "    Sent: \(counters.advertisementsSent)"])
            text.add(["  Became master: \(counters.becameMaster)", "  Released master: \(counters.releasedMaster)"])
            text.add("  Packet Errors:")
            text.add(["    Length: \(counters.lengthErrors)", "    TTL: \(counters.hopErrors)"])
            text.add("    Invalid Type: \(counters.typeErrors)")
            text.add("    Advertisement Interval: \(counters.intervalErrors)")
            text.add("    Address List: \(counters.addressListErrors)")
            text.add("  Authentication Errors:")
            text.add("    Invalid Type: \(counters.unknownAuthentications)")
            text.add("    Type Mismatch: \(counters.otherAuthentications)")
            text.add("    Failure: \(counters.authenticationFailures)")
            if case .trailer? = router.authentication {
                text.add("  Authentication Extension Errors:")
                text.add("    Missing: \(counters.trailersMissing)")
                text.add("    Malformed: \(counters.trailersMalformed)")
                text.add("    Unknown Key: \(counters.trailersOfUnknownKeys)")
                text.add("    Invalid HMAC: \(counters.trailersInvalid)")
                text.add("    Stale: \(counters.trailersStale)")
                text.add("    Replay: \(counters.trailersReplayed)")
            }
            text.add("  Priority Zero:")
            text.add("    Received: \(counters.priorityZeroReceived)")
            text.add("    Sent: \(counters.priorityZeroSent)")
        }
        return text.text
    }
}

extension NoticeProgram {
    /// Its words in quotes.
    var quoted: String {
        switch command {
        case .words(let words): words.map { "'\($0)'" }.joined(separator: " ")
        case .shell(let text): "'\(text)'"
        }
    }
}
