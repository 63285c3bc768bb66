import Addresses
import Links
import TestKit
import Time

/// A keeper on a stage, with what it told.
final class KeptLinks {
    let stage: any LinkStage
    let keeper: LinksKeeper
    private(set) var events: [LinkEvent] = []

    init(_ stage: any LinkStage) {
        self.stage = stage
        keeper = LinksKeeper(stage.kernel, LinksMirror(), clock: { stage.now })
    }

    /// Has a virtual router want something, and carries it out.
    func want(_ wish: LinkWish, of router: String = "VI_1") throws {
        keeper.want(wish, of: .router(router))
        try turn()
    }

    /// Takes turns until nothing is to be done.
    func turn() throws {
        events += try keeper.turn().events
    }

    /// Takes turns until something is so.
    func turn(until isSo: () throws -> Bool, line: UInt = #line) throws {
        let isReached = try Deadline.wait(seconds: 5, pause: 1000) {
            stage.wait()
            try turn()
            return try isSo()
        }
        try expect(isReached, "after \(events)", line: line)
    }

    /// The events since the last time.
    func takeEvents() -> [LinkEvent] {
        defer { events = [] }
        return events
    }

    /// Whether something was taken from an owner since the last time, and by a program.
    func takenEntries() -> [LinkEvent.Entry] {
        takeEvents().flatMap { event -> [LinkEvent.Entry] in
            if case .taken(let entries, _, .port) = event { entries } else { [] }
        }
    }
}

extension LinkWish {
    /// A wish for addresses, by their text.
    static func addresses(_ texts: String..., on interface: String = "eth0") throws -> LinkWish {
        var wish = LinkWish()
        wish.addresses = try texts.map { text in
            var address = try LinkAddress(text, on: interface)
            if address.address.family == .ipv6 { address.options = .skipsDuplicateDetection }
            return Part(address)
        }
        return wish
    }
}
