import IPVS
import TestKit
import Testing

struct SafeOrderTests {
    private static let service = VirtualService(key: Example.web, scheduler: "wrr")
    private static let server = Example.server(1)
    private static let drained = Destination(endpoint: server.endpoint, forwarding: .masquerade, weight: 0)

    /// One change of each stage, in the order of the stages.
    private static let ordered: [Change] = [
        .setTimeouts(Timeouts(tcp: 1, tcpFin: 2, udp: 3)),
        .stopDaemon(.master),
        .editService(service),
        .addDestination(Example.server(2), to: Example.web),
        .editDestination(server, of: Example.web),
        .editDestination(drained, of: Example.web),
        .deleteDestination(server.endpoint, of: Example.web),
        .startDaemon(SyncDaemon(role: .master, interface: "eth0")),
    ]

    @Test func whatBringsTrafficComesFirstAndWhatTakesItAwayLast() {
        var order = SafeOrder<Change>()
        for change in Self.ordered.reversed() { order.append(change, at: change.stage) }
        #expect(order.steps == Self.ordered)
    }

    @Test func stepsOfOneStageStayAsTheyWereAdded() {
        let additions = (1...5).map { Change.addDestination(Example.server($0), to: Example.web) }
        var order = SafeOrder<Change>()
        for change in additions { order.append(change, at: change.stage) }
        #expect(order.steps == additions)
    }

    @Test func aDifferenceBetweenTablesRaisesBeforeItLowers() {
        let actual = Table.Entry(
            service: VirtualService(key: Example.web),
            destinations: [Self.server, Example.server(2)]
        )
        var raised = Example.server(2)
        raised.weight = 9
        let wanted = Table.Entry(service: Self.service, destinations: [Self.drained, raised, Example.server(3)])
        #expect(
            Table([wanted]).changes(from: Table([actual])) == [
                .editService(Self.service), .addDestination(Example.server(3), to: Example.web),
                .editDestination(raised, of: Example.web), .editDestination(Self.drained, of: Example.web),
            ]
        )
    }

    @Test func theDifferenceAtAnEndpointIsOneChangeOrNone() {
        let endpoint = Self.server.endpoint
        func change(from present: Destination?, to wanted: Destination?) -> Change? {
            Change(at: endpoint, of: Example.web, from: present, to: wanted)
        }
        #expect(change(from: nil, to: nil) == nil)
        #expect(change(from: Self.server, to: Self.server) == nil)
        #expect(change(from: nil, to: Self.server) == .addDestination(Self.server, to: Example.web))
        #expect(change(from: Self.server, to: Self.drained) == .editDestination(Self.drained, of: Example.web))
        #expect(change(from: Self.server, to: nil) == .deleteDestination(endpoint, of: Example.web))
        #expect(Change(from: nil, to: Self.service) == .addService(Self.service))
        #expect(Change(from: Self.service, to: Self.service) == nil)
        #expect(Change(from: VirtualService(key: Example.web), to: Self.service) == .editService(Self.service))
    }

    @Test(arguments: [("mh", true), ("sh", true), ("wrr", false)])
    func aServerWithoutWeightEntersATableOfSlotsWithTheOneThatItWillHave(scheduler: String, hasSlots: Bool) {
        let service = VirtualService(key: Example.web, scheduler: scheduler)
        var weighing = Self.drained
        weighing.weight = 4
        let entry = Change.entry(of: Self.drained, into: service, weight: 4)
        #expect(entry?.addition == (hasSlots ? .addDestination(weighing, to: Example.web) : nil))
        #expect(entry?.lowering == (hasSlots ? .editDestination(Self.drained, of: Example.web) : nil))
        #expect(Change.entry(of: Self.server, into: service, weight: 4) == nil)
        #expect(Change.entry(of: Self.drained, into: service, weight: 0) == nil)
    }
}
