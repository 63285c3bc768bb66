import Addresses
import IPVS
import TestKit
import Testing

@testable import IPVSNetlink

/// The client against a kernel whose answers go astray.
struct ConversationTests {
    @Test(arguments: Promise.all)
    func keepsOverAChannelWithoutMishaps(promise: Promise) throws {
        try promise.keep(NetlinkKernel(channel: FakeKernelChannel()))
    }

    /// Each once, and nothing for the schedulers that the kernel may load by itself.
    @Test func modulesThatTheKernelMustNotLoadAreThereBeforeItIsAsked() {
        let channel = FakeKernelChannel()
        func service(_ mark: UInt32, _ scheduler: String) -> VirtualService {
            VirtualService(key: .mark(mark, .ipv4), scheduler: scheduler)
        }
        let report = NetlinkKernel(channel: channel).apply([
            .addService(service(1, "rr")), .addService(service(2, "lblc")), .addService(service(3, "lblc")),
            .editService(service(1, "lblcr")), .editService(service(2, "mh")), .deleteService(.mark(3, .ipv4)),
        ])
        #expect(report.failures.isEmpty)
        #expect(channel.providedModules.map(\.name).sorted() == ["ip_vs_lblc", "ip_vs_lblcr"])
    }

    @Test(arguments: [UInt64](1...60))
    func convergesWhateverIsLost(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let channel = FakeKernelChannel(
            mishaps: .init(lostAnswers: 3, silentLosses: 4, failedSends: 9, disturbedDumps: 3),
            seed: seed
        )
        let kernel = NetlinkKernel(channel: channel)
        let wanted = Self.largeTable(&random)
        for _ in 0..<40 where channel.simulated.snapshot().table != wanted {
            guard let actual = try? kernel.snapshot().table else { continue }
            _ = kernel.apply(wanted.changes(from: actual))
        }
        #expect(channel.simulated.snapshot().table == wanted)
    }

    @Test(arguments: [UInt64](1...60))
    func reportsTruthfullyWhenAnswersAreLost(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let channel = FakeKernelChannel(mishaps: .init(lostAnswers: 2), seed: seed)
        let kernel = NetlinkKernel(channel: channel)
        var expected = Table()
        var changes: [Change] = []
        for number in UInt32(1)...200 {
            let key = ServiceKey.mark(number, .ipv4)
            changes.append(.addService(VirtualService(key: key, scheduler: random.once(in: 5) ? "nonesuch" : "rr")))
            changes.append(.addDestination(Example.server(UInt8(number % 200 + 1)), to: key))
        }
        var failing = Set<Int>()
        for (index, change) in changes.enumerated() {
            if case .addService(let service) = change, service.scheduler == "nonesuch" {
                failing.insert(index)
            } else if (try? expected.apply(change)) == nil {
                failing.insert(index)
            }
        }
        let report = kernel.apply(Changeset(changes))
        #expect(channel.simulated.snapshot().table == expected)
        #expect(Set(report.failures.map(\.index)) == failing)
    }

    @Test func manyChangesShareFewDatagramsWithOneAcknowledgementEach() {
        let channel = FakeKernelChannel()
        let kernel = NetlinkKernel(channel: channel)
        let changes = (UInt32(1)...5000).map { Change.addService(VirtualService(key: .mark($0, .ipv4))) }
        #expect(kernel.apply(Changeset(changes)).failures.isEmpty)
        #expect(channel.requestCount == 5000)
        #expect(channel.datagramCount < 15)
        #expect(channel.longestDatagram < 61_000)
    }

    @Test func aDisturbedDumpIsReadAgain() throws {
        let channel = FakeKernelChannel(mishaps: .init(disturbedDumps: 2), seed: 7)
        for number in UInt32(1)...50 {
            _ = channel.simulated.apply([.addService(VirtualService(key: .mark(number, .ipv4)))])
        }
        for _ in 0..<5 { #expect(try NetlinkKernel(channel: channel).snapshot().services.count == 50) }
    }

    @Test func aTableThatNeverHoldsStillIsSaidToBeUnsettled() {
        let channel = FakeKernelChannel(mishaps: .init(disturbedDumps: 1))
        for number in UInt32(1)...50 {
            _ = channel.simulated.apply([.addService(VirtualService(key: .mark(number, .ipv4)))])
        }
        #expect(throws: IPVSError.unsettled(attempts: 8)) { try NetlinkKernel(channel: channel).snapshot() }
    }

    /// A table that needs several datagrams and whose dumps need several too.
    private static func largeTable(_ random: inout SeededGenerator) -> Table {
        var table = Table()
        for number in UInt32(1)...60 {
            let key = ServiceKey.mark(number, random.family())
            let servers = (1...UInt8.random(in: 1...30, using: &random)).map { Example.server($0, key.family) }
            table[key] = Table.Entry(service: VirtualService(key: key, scheduler: "rr"), destinations: servers)
        }
        return table
    }
}
