import Addresses
import Links
package import VRRP

// Actions in a few words, for traces and for tests that hold whole lists of them.

extension NodeAction {
    /// What is to be done, in a few words.
    package var summary: String {
        switch self {
        case .open(let channels):
            "open " + channels.map { "\($0.router) \($0.interface ?? "-") \($0.source)" }.joined(separator: ", ")
        case .send(let sent, let router): "\(router) sends \(sent.priority) to \(sent.destination)"
        case .claim(let addresses): "claim " + addresses.map { "\($0.address)" }.joined(separator: " ")
        case .want(let wish, let owner):
            "\(owner.summary) wants "
                + (wish.isEmpty ? "nothing" : wish.addresses.map { "\($0.value.address)" }.joined(separator: " "))
        case .announce(let announcement): "\(announcement.router) announces \(announcement.address)"
        case .record(let record): "record \(record.state)"
        case .clearRecord: "clear record"
        case .note(let addresses): "note " + addresses.map { "\($0.address)" }.joined(separator: " ")
        case .tell(let event): event.summary
        }
    }
}

extension RouterEvent {
    /// What happened, in a few words.
    package var summary: String {
        switch self {
        case .router(let name, let matter, _, _): "\(name): \(matter.summary)"
        case .group(let name, let matter, _): "\(name): \(matter)"
        case .node(let matter): "\(matter)"
        }
    }
}

extension RouterMatter {
    /// What happened, in a few words.
    package var summary: String {
        switch self {
        case .entering(let state, let isFirst): isFirst ? "entering \(state) (init)" : "entering \(state)"
        case .entered(let state): "entered \(state)"
        case .heardLower(let other, let own, let answers):
            "lower \(other.summary), own \(own)\(answers ? "" : ", not answered")"
        case .yielded(let other, let own): "higher \(other.summary), own \(own)"
        case .discardedLower(let other): "discarded \(other.summary)"
        case .heardPriorityZero(let address): "heard 0 from \(address)"
        case .priorityChanged(let old, let new): "priority \(old) -> \(new)"
        case .setting(let some): "setting \(some)"
        case .removing(let some): "removing \(some)"
        case .takenAway(_, _, let times): "taken away \(times)"
        default: "\(self)"
        }
    }
}

extension RouterMatter.Other {
    fileprivate var summary: String { "\(priority) from \(address)" }
}

extension LinkOwner {
    fileprivate var summary: String {
        switch self {
        case .statics: "statics"
        case .router(let name): name
        }
    }
}

extension LinkWish {
    fileprivate var isEmpty: Bool { self == LinkWish() }
}

extension SentAdvertisement {
    /// The priority that stands in it.
    package var priority: UInt8 {
        var place = 2
        if destination.family == .ipv4 { place += carrier == .vrrp ? 20 : 44 }
        return bytes.count > place ? bytes[place] : 0
    }
}
