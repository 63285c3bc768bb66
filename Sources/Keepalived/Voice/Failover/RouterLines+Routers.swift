import Addresses
import Links
import Texts
import VRRP

// What happens to one virtual router.

extension RouterLines {
    static func texts(about matter: RouterMatter, _ name: String, priority: UInt8) -> [String] {
        if case .faultBegan(let reason) = matter { return [line(about: reason, name)] }
        return (states(matter) ?? election(matter) ?? others(matter)).map { "(\(name)) \($0)" }
    }

    /// Why it is in fault; some of these have a colon.
    private static func line(about reason: FaultReason, _ name: String) -> String {
        switch reason {
        case .interfaceDown(let interface): "(\(name)): entering FAULT state (interface \(interface) down)"
        case .noAddress(let family, let interface):
            "(\(name)) entering FAULT state (no \(family.text) address for interface) \(interface)"
        case .sourceMissing(let address): "(\(name)): entering FAULT state (src address not configured) \(address)"
        case .noSocket(let number): "(\(name)): entering FAULT state (no socket for advertisements, error \(number))"
        case .noPeers: "(\(name)) Cannot use unicast without any peers - going to fault state"
        case .tracked(let subject):
            switch subject.kind {
            case .interface: "(\(name)): entering FAULT state (interface \(subject.name) down)"
            case .script: "(\(name)): entering FAULT state due to script \(subject.name)"
            case .file: "(\(name)): tracked file \(subject.name) now FAULT state"
            case .process: "(\(name)) entering FAULT state (tracked process \(subject.name) quorum not achieved)"
            case .server: "(\(name)): entering FAULT state (virtual server \(subject.name) down)"
            }
        case .takenAway: "(\(name)): entering FAULT state (its addresses are taken away again and again)"
        case .staticEntry(let group): "(\(name)): entering FAULT state (an entry of track_group \(group) is missing)"
        case .group(let member): "(\(name)): entering FAULT state (\(member) of its group is in FAULT state)"
        }
    }

    private static func states(_ matter: RouterMatter) -> [String]? {
        switch matter {
        case .entering(let state, let isFirst): ["Entering \(state.word) STATE\(isFirst ? " (init)" : "")"]
        case .entered, .stopped: []
        case .deleted: ["is not configured any more"]
        case .faultEnded(.tracked(let subject)) where subject.kind == .file:
            ["tracked file \(subject.name) leaving FAULT state"]
        case .faultEnded(let reason): ["no fault any more (\(reason.summary))"]
        case .setting(let belonging): ["setting \(belonging.word)"]
        case .removing(let belonging): ["removing \(belonging.word)"]
        case .adopted(let age): ["keeps MASTER STATE, which it had \(age.shortText) ago, before the process began"]
        case .removedStale(let count):
            ["removing VIPs.", "removed \(count) stale \(count == 1 ? "address" : "addresses")"]
        case .active(let count, let time):
            ["active: \(count) \(count == 1 ? "address" : "addresses") in \(time.shortText)"]
        case .sourceChanged(let address): [address.map { "source address is \($0)" } ?? "has no source address"]
        default: nil
        }
    }

    private static func election(_ matter: RouterMatter) -> [String]? {
        switch matter {
        case .timedOut: ["Receive advertisement timeout"]
        case .heardPriorityZero: ["Backup received priority 0 advertisement"]
        case .sentPriorityZero: ["sent 0 priority"]
        case .yielded(let other, let own):
            other.priority == own
                ? [
                    "Master received advert from \(other.address) with same priority \(own) but higher IP address "
                        + "than ours"
                ]
                : ["Master received advert from \(other.address) with higher priority \(other.priority), ours \(own)"]
        case .heardLower(let other, let own, let answers):
            [
                "Received advert from \(other.address) with lower priority \(other.priority), ours \(own)"
                    + (answers ? ", forcing new election" : "")
            ]
        case .discardedLower(let other):
            ["received lower priority (\(other.priority)) advert from \(other.address) - discarding"]
        case .delayBegan(let delay): ["start preempt delay (\(delay.dumpedSeconds))"]
        case .delayEnded: ["stop preempt delay"]
        case .awaitsSynchronisation(let limit):
            ["waits for the connections of the master before it takes over, at most \(limit.secondsText) s"]
        case .synchronised(let isComplete):
            [isComplete ? "has the connections of the master" : "waits no longer for connections of the master"]
        case .intervalLearned(let old, let new):
            ["advertisement interval updated from \(old.milliseconds)ms to \(new.milliseconds)ms by master"]
        case .intervalRestored(let old, let new):
            ["changing advert interval from \(old.milliseconds)ms to locally configured \(new.milliseconds)ms"]
        case .bothOwners(let other, let yields):
            [
                "CONFIGURATION ERROR: local instance and a remote instance are both configured as address owner, "
                    + "please fix - \(yields ? "reducing local priority" : "keeping it") (\(other.address))"
            ]
        case .ownAddressHeard:
            ["WARNING - equal priority advert received from remote host with our IP address."]
        case .stalled(let late): ["was woken \(late.secondsText) s late: another router may have taken over"]
        case .yieldedAfterStall(let other): ["was stalled and leaves \(other.address) the addresses"]
        case .settling(let time): ["waits \(time.secondsText) s for a master to be heard, as its link came up"]
        default: nil
        }
    }

    private static func others(_ matter: RouterMatter) -> [String] {
        switch matter {
        case .rejected(let reason, let source, let count):
            return [reason.text + " from \(source)" + (count > 1 ? " (\(count) times)" : "")]
        case .noticed(let remark, let source): return [remark.text + " from \(source)"]
        case .twoMasters(let other, let difference):
            return ["another router advertises from \(other): \(difference.text); both are active"]
        case .heldForPeer(let other, let difference):
            return ["held: the master \(other) differs by a change of a short time ago: \(difference.text)"]
        case .heldNoLonger: return ["held no longer"]
        case .priorityChanged(let old, let new): return ["Changing effective priority from \(old) to \(new)"]
        case .ordered(let deed): return ["ordered: \(deed.rawValue)"]
        case .refusedOrder(let deed): return ["cannot \(deed.rawValue): the master owns the addresses"]
        case .takenAway(let entries, let cause, let times):
            return entries.map { "\($0.text) was taken away by \(cause.text), which is put back" }
                + (times > 1 ? ["taken away \(times) times within a minute"] : [])
        case .putBack(let time): return ["put back after \(time.shortText)"]
        case .notSet(let entry, let error): return ["\(entry.text) could not be set: \(error.text)"]
        case .notAdvertised(let count):
            return ["the last \(count) VIPs do not fit in a packet of the interface and are not advertised"]
        case .linkNamed(let name, let other): return ["vmac name mismatch \(name) <=> \(other). changing to \(other)."]
        // The lines about these say what is tracked and why.
        default: return []
        }
    }
}

extension RouterMatter.Belonging {
    fileprivate var word: String {
        switch self {
        case .addresses: "VIPs."
        case .unadvertisedAddresses: "E-VIPs."
        case .routes: "Virtual Routes"
        case .rules: "Virtual Rules"
        }
    }
}

extension FaultReason {
    /// A few words for it.
    fileprivate var summary: String {
        switch self {
        case .interfaceDown(let name): "interface \(name)"
        case .noAddress(let family, let name): "\(family.text) address of \(name)"
        case .sourceMissing(let address): "source address \(address)"
        case .noSocket: "sockets"
        case .noPeers: "peers"
        case .tracked(let subject): "\(subject.kind) \(subject.name)"
        case .takenAway: "addresses taken away"
        case .staticEntry(let group): "track_group \(group)"
        case .group(let member): "\(member) of its group"
        }
    }
}

extension AddressFamily {
    fileprivate var text: String { self == .ipv4 ? "IPv4" : "IPv6" }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1000).partialValue &+ attoseconds / 1_000_000_000_000_000
    }

    /// `1.8 ms` or `2.50 s`.
    fileprivate var shortText: String {
        let (seconds, attoseconds) = components
        let microseconds = attoseconds / 1_000_000_000_000
        if seconds == 0 { return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms" }
        let hundredths = microseconds / 10_000
        return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
    }
}
