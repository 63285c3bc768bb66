import Addresses
import Configuration
import Director
import DirectorBench
import IPVS
import TestKit
import Testing
import Time

/// What a configuration wants of the table as a whole: timeouts, sync daemons, what is emptied or left.
struct SettingsTests {
    private static let fresh = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
    private static let wanted = Timeouts(tcp: 60, tcpFin: 0, udp: 30)
    private static let master = SyncDaemon(role: .master, interface: "eth0", syncID: 5)
    private static let strange = ServiceKey.endpoint(.tcp, Example.endpoint("10.9.9.9", 80))

    private func bench(_ change: (inout DirectorSettings) -> Void) -> DirectorBench {
        DirectorBench([Shop.virtual()], change)
    }

    private func configuration(_ change: (inout DirectorSettings) -> Void) -> DirectorConfiguration {
        var configuration = DirectorConfiguration(virtualServers: [Shop.virtual()])
        change(&configuration.settings)
        return configuration
    }

    // MARK: Timeouts

    @Test func timeoutsAreSetAtTheStartAndComeBackAtTheStop() {
        var bench = bench { $0.timeouts = Self.wanted }
        let actions = bench.start()
        #expect(actions.changes.first == .setTimeouts(Self.wanted))
        #expect(actions.contains(.tellSetting(.changed(.setTimeouts(Self.wanted), .done))))
        #expect(bench.kernel.timeouts() == Timeouts(tcp: 60, tcpFin: 120, udp: 30))
        #expect(bench.stop().changes.first == .setTimeouts(Timeouts(tcp: 900, tcpFin: 0, udp: 300)))
        #expect(bench.kernel.timeouts() == Self.fresh)
    }

    @Test func timeoutsThatAreRightGetNoCommand() {
        var bench = bench { $0.timeouts = Self.fresh }
        #expect(!bench.start().changes.contains { $0.isSetting })
        #expect(!bench.stop().changes.contains { $0.isSetting })
    }

    @Test func timeoutsThatNobodyWantsAreLeftAlone() {
        var bench = bench { _ in }
        bench.interfere(.setTimeouts(Timeouts(tcp: 7, tcpFin: 7, udp: 7)))
        #expect(!(bench.start() + bench.pass(.seconds(60)) + bench.stop()).changes.contains { $0.isSetting })
    }

    @Test func timeoutsThatOthersChangeArePutRight() {
        var bench = bench { $0.timeouts = Self.wanted }
        _ = bench.start()
        bench.interfere(.setTimeouts(Timeouts(tcp: 7, tcpFin: 7, udp: 7)))
        let actions = bench.pass(.seconds(5))
        #expect(actions.contains(.tellSetting(.drifted(.timeouts, .putBack))))
        #expect(actions.changes == [.setTimeouts(Self.wanted)])
        // What was not asked for stays as others made it, also in the end.
        #expect(bench.kernel.timeouts() == Timeouts(tcp: 60, tcpFin: 7, udp: 30))
        _ = bench.stop()
        #expect(bench.kernel.timeouts() == Timeouts(tcp: 900, tcpFin: 7, udp: 300))
    }

    /// Whoever changes them again and again means it.
    @Test func nobodyFightsOverTimeouts() {
        var bench = bench { $0.timeouts = Self.wanted }
        _ = bench.start()
        var count = 0
        for _ in 0..<100 {
            bench.interfere(.setTimeouts(Self.fresh))
            count += bench.pass(.seconds(5)).changes.count
        }
        #expect((4...10).contains(count))
    }

    @Test func anotherConfigurationHasOtherTimeouts() {
        var bench = bench { $0.timeouts = Self.wanted }
        _ = bench.start()
        var reload = bench.director.reloaded(
            configuration { $0.timeouts = Timeouts(tcp: 0, tcpFin: 9, udp: 0) },
            at: bench.now
        )
        reload = bench.carryOut(reload)
        #expect(reload.changes == [.setTimeouts(Timeouts(tcp: 900, tcpFin: 9, udp: 300))])
        _ = bench.carryOut(bench.director.reloaded(configuration { _ in }, at: bench.now))
        #expect(bench.kernel.timeouts() == Self.fresh)
        #expect(!bench.stop().changes.contains { $0.isSetting })
    }

    @Test func timeoutsThatTheKernelRefusesAreTriedAgain() {
        var bench = bench { $0.timeouts = Self.wanted }
        bench.refusals = [[0: .refused(.outOfMemory)]]
        let actions = bench.start()
        let failure = TableOutcome.failed(.refused(.outOfMemory), retry: .seconds(1))
        #expect(actions.contains(.tellSetting(.changed(.setTimeouts(Self.wanted), failure))))
        #expect(bench.entry(Shop.key)?.destinations.count == 2)
        #expect(bench.kernel.timeouts() == Self.fresh)
        #expect(bench.pass(.seconds(1)).changes == [.setTimeouts(Self.wanted)])
        #expect(bench.kernel.timeouts().tcp == 60)
    }

    /// Changes that fail together wait once, and what succeeded at last begins anew.
    @Test func theNextFailureAfterASuccessIsTriedAgainAtOnce() {
        var bench = bench { ($0.timeouts, $0.syncDaemons) = (Self.wanted, [Self.master]) }
        let start = bench.start().changes
        #expect(start.last == .startDaemon(Self.master))
        let refused = IPVSError.refused(.outOfMemory)
        func pauses(_ actions: [DirectorAction]) -> [Duration?] {
            actions.compactMap { action in
                if case .tellSetting(.changed(_, .failed(_, let pause))) = action { .some(pause) } else { nil }
            }
        }
        for _ in 0..<2 {
            bench.interfere(.setTimeouts(Self.fresh), .stopDaemon(.master))
            bench.refusals = [[0: refused, 1: refused], [0: refused]]
            #expect(pauses(bench.pass(.seconds(5))) == [.seconds(1), .seconds(1)])
            #expect(pauses(bench.pass(.seconds(1))) == [.seconds(2)])
            #expect(pauses(bench.pass(.seconds(5))).isEmpty)
            #expect(bench.kernel.timeouts().tcp == 60)
            #expect(bench.kernel.daemons().count == 1)
        }
    }

    @Test func whatIsSetThoughTheAnswerWasLostComesBack() {
        var bench = bench { ($0.timeouts, $0.syncDaemons) = (Self.wanted, [Self.master]) }
        bench.refusals = [[0: .unanswered, 4: .unanswered]]
        #expect(bench.start().changes.last == .startDaemon(Self.master))
        #expect(bench.kernel.timeouts().tcp == 60)
        _ = bench.carryOut(bench.director.reloaded(configuration { _ in }, at: bench.now))
        #expect(bench.kernel.timeouts() == Self.fresh)
        #expect(bench.kernel.daemons().isEmpty)
    }

    // MARK: Sync daemons

    @Test func daemonsRunFromTheStartToTheStop() {
        var bench = bench { $0.syncDaemons = [Self.master] }
        #expect(bench.start().changes.last == .startDaemon(Self.master))
        #expect(bench.kernel.daemons().map(\.syncID) == [5])
        #expect(bench.stop().changes.first == .stopDaemon(.master))
        #expect(bench.kernel.daemons().isEmpty)
    }

    @Test func anotherDaemonOfTheRoleGivesWayAndTheOtherRoleStays() {
        let backup = SyncDaemon(role: .backup, interface: "eth0", syncID: 8)
        var bench = bench { $0.syncDaemons = [Self.master] }
        bench.interfere(.startDaemon(SyncDaemon(role: .master, interface: "lo")), .startDaemon(backup))
        let changes = bench.start().changes.filter { $0.isSetting }
        #expect(changes == [.stopDaemon(.master), .startDaemon(Self.master)])
        _ = bench.stop()
        #expect(bench.kernel.daemons().map(\.role) == [.backup])
    }

    @Test func aDaemonThatRunsAsItShallGetsNoCommandAndEndsAtTheStop() {
        var bench = bench { $0.syncDaemons = [Self.master] }
        bench.interfere(.startDaemon(Self.master))
        #expect(!bench.start().changes.contains { $0.isSetting })
        #expect(bench.stop().changes.contains(.stopDaemon(.master)))
    }

    @Test func aDaemonThatOthersEndIsStartedAgain() {
        var bench = bench { $0.syncDaemons = [Self.master] }
        _ = bench.start()
        bench.interfere(.stopDaemon(.master))
        let actions = bench.pass(.seconds(5))
        #expect(actions.contains(.tellSetting(.drifted(.daemon(.master), .putBack))))
        #expect(actions.changes == [.startDaemon(Self.master)])
    }

    @Test func aDaemonWithoutInterfaceIsStartedWhenThatIsThere() {
        var bench = bench { $0.syncDaemons = [SyncDaemon(role: .master, interface: "eth7")] }
        _ = bench.start()
        _ = bench.pass(.seconds(10))
        #expect(bench.kernel.daemons().isEmpty)
        bench.kernel.surroundings.interfaces.insert("eth7")
        _ = bench.pass(.seconds(30))
        #expect(bench.kernel.daemons().count == 1)
    }

    @Test func aDaemonThatAConfigurationNoLongerHasEnds() {
        var bench = bench { $0.syncDaemons = [Self.master] }
        _ = bench.start()
        #expect(
            bench.carryOut(bench.director.reloaded(configuration { _ in }, at: bench.now)).changes == [
                .stopDaemon(.master)
            ]
        )
    }

    // MARK: The whole table

    /// Services of others go, and the own ones are not empty for a moment.
    @Test func theTableIsEmptiedOfOthersAtTheStart() {
        var bench = bench { $0.emptiesTableAtStart = true }
        let virtual = Shop.virtual()
        bench.interfere(
            .addService(VirtualService(key: Self.strange)),
            .addService(virtual.service),
            .addDestination(Shop.first.destination, to: Shop.key)
        )
        let changes = bench.start().changes
        #expect(changes.contains(.deleteService(Self.strange)))
        #expect(!changes.contains(.deleteService(Shop.key)))
        #expect(bench.entry(Self.strange) == nil)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint]?.weight == 5)
    }

    @Test func servicesOfOthersStayAtTheStart() {
        var bench = bench { _ in }
        bench.interfere(.addService(VirtualService(key: Self.strange)))
        _ = bench.start()
        _ = bench.stop()
        #expect(bench.entry(Self.strange) != nil)
    }

    @Test func theTableIsEmptiedAtTheStop() {
        var bench = bench { $0.emptiesTableAtStop = true }
        _ = bench.start()
        bench.interfere(.addService(VirtualService(key: Self.strange)))
        #expect(bench.stop().changes.last == .flush)
        #expect(bench.entry(Self.strange) == nil)
        #expect(bench.entry(Shop.key) == nil)
    }

    @Test func theTableIsLeftAsItIs() {
        var bench = bench {
            ($0.leavesTable, $0.timeouts, $0.syncDaemons) = (true, Self.wanted, [Self.master])
        }
        _ = bench.start()
        #expect(bench.stop() == [.schedule([]), .stopped])
        #expect(bench.kernel.timeouts().tcp == 60)
        #expect(bench.entry(Shop.key) != nil)
    }
}

extension Change {
    /// Whether it is about what services share.
    fileprivate var isSetting: Bool {
        switch self {
        case .setTimeouts, .startDaemon, .stopDaemon, .flush: true
        case .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination, .zero:
            false
        }
    }
}
