import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import TestKit
import Time

/// One random history from a start to calm.
package enum SimulatedHistory {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The promises that were not kept, the first one first.
        package var violations: [String]
        /// What was decided and done, with the moment of each.
        package var trace: [String]
    }

    /// Runs the history of a seed.
    package static func run(seed: UInt64) -> Outcome {
        var world = SimulatedWorld(seed: seed)
        furnish(&world)
        world.start()
        for _ in 0..<world.chance.number(5...40) {
            step(&world)
            if !world.promises.violations.isEmpty { break }
        }
        if world.promises.violations.isEmpty { calmDown(&world) }
        return Outcome(violations: world.promises.violations, trace: world.trace)
    }

    /// Puts something into the table before the director comes.
    private static func furnish(_ world: inout SimulatedWorld) {
        for key in SimulatedConfiguration.foreignKeys {
            world.interfere([.addService(VirtualService(key: key))])
            world.interfere([.addDestination(server(&world), to: key)])
        }
        for key in world.chance.some(of: SimulatedConfiguration.keys, permille: 400) {
            world.interfere([.addService(VirtualService(key: key, scheduler: "rr"))])
            for _ in 0..<world.chance.number(0...4) { world.interfere([.addDestination(server(&world), to: key)]) }
        }
    }

    private static func server(_ world: inout SimulatedWorld) -> Destination {
        let addresses = SimulatedServer.addresses + [SimulatedServer.standbyAddress]
        return Destination(
            endpoint: Endpoint(
                address: world.chance.one(of: addresses, or: SimulatedServer.standbyAddress),
                port: world.chance.one(of: [8080, 8080, 8081, 80, 0], or: 443)
            ),
            forwarding: world.chance.happens(800) ? .masquerade : .tunnel,
            weight: Int32(world.chance.number(0...3))
        )
    }

    private static func step(_ world: inout SimulatedWorld) {
        switch world.chance.number(0...99) {
        case 0..<25: flip(&world)
        case 25..<31:
            for question in world.chance.some(of: SimulatedServer.questions, permille: 300) {
                world.statuses[question] = world.chance.one(of: [0, 2, 3, 4, 9, 255], or: 3)
            }
        case 31..<36:
            let path = world.chance.one(of: SimulatedServer.files, or: SimulatedServer.files[0])
            world.write(world.chance.one(of: SimulatedServer.numbers, or: 0), to: path)
        case 36..<40: world.have(Set(world.chance.some(of: SimulatedConfiguration.ownAddresses, permille: 500)))
        case 40..<46:
            world.silent = Set(world.chance.some(of: SimulatedServer.addresses, permille: 200))
        case 46..<57: interfere(&world)
        case 57..<69: world.reload(SimulatedConfiguration.changed(world.configuration, &world.chance))
        case 69..<77:
            let addresses = world.chance.some(of: SimulatedServer.addresses, permille: 200)
            world.setMaintenance(Set(addresses.map { "\($0)" }))
        case 77..<84: world.kernel.refusals = world.chance.happens(500) ? 300 : 0
        case 84..<88: world.kernel.lostAnswers = world.chance.happens(500) ? 200 : 0
        case 88..<91: world.shortages = world.chance.happens(500) ? 300 : 0
        case 91..<94: world.readingFailures = world.chance.happens(500) ? 500 : 0
        case 94..<97:
            // A crash: nobody puts anything in order.
            world.start()
        default:
            world.stop()
            if !world.isStopped { world.promises.violated("did not stop") }
            world.start()
        }
        world.pass(
            .milliseconds(world.chance.happens(100) ? world.chance.number(0...65_000) : world.chance.number(0...6_000))
        )
    }

    private static func flip(_ world: inout SimulatedWorld) {
        for address in world.chance.some(of: SimulatedServer.addresses, permille: 300) {
            let questions = SimulatedServer.questionPorts.map { Endpoint(address: address, port: $0) }
            if world.chance.happens(500) {
                if world.living.isDisjoint(with: questions) {
                    world.living.formUnion(questions)
                } else {
                    world.living.subtract(questions)
                }
            } else {
                let question = world.chance.one(of: questions, or: questions[0])
                if world.living.remove(question) == nil { world.living.insert(question) }
            }
        }
    }

    private static func interfere(_ world: inout SimulatedWorld) {
        let keys = SimulatedConfiguration.keys + SimulatedConfiguration.foreignKeys
        let key = world.chance.one(of: keys, or: keys[0])
        switch world.chance.number(0...10) {
        case 10: interfereWithSettings(&world)
        case 0: world.interfere([.deleteService(key)])
        case 1: world.interfere([.addService(VirtualService(key: key, scheduler: "rr"))])
        case 2: world.interfere([.editService(VirtualService(key: key, scheduler: "lc"))])
        case 3...5: world.interfere([.addDestination(server(&world), to: key)])
        case 6...7: world.interfere([.editDestination(server(&world), of: key)])
        default: world.interfere([.deleteDestination(server(&world).endpoint, of: key)])
        }
    }

    private static func interfereWithSettings(_ world: inout SimulatedWorld) {
        let role = world.chance.one(of: SyncDaemon.Role.allCases, or: .master)
        switch world.chance.number(0...2) {
        case 0: world.interfere([.setTimeouts(Timeouts(tcp: 60, tcpFin: 0, udp: UInt32(world.chance.number(0...9))))])
        case 1: world.interfere([.stopDaemon(role)])
        default: world.interfere([.startDaemon(SimulatedConfiguration.daemon(role, &world.chance))])
        }
    }

    /// Lets everything rest, and looks whether the table becomes what it shall be, and stays so without a command.
    private static func calmDown(_ world: inout SimulatedWorld) {
        (world.kernel.refusals, world.kernel.lostAnswers, world.shortages, world.readingFailures) = (0, 0, 0, 0)
        world.have(Set(SimulatedConfiguration.ownAddresses))
        world.pass(.seconds(130))
        compare(&world, "after a while")
        if world.promises.settings.isPutRight { compareSettings(&world, "after a while") }
        world.reload(world.configuration)
        world.pass(.seconds(40))
        compare(&world, "after a reload")
        compareSettings(&world, "after a reload")
        for text in world.promises.turns.differences(world.promises.account) { world.promises.violated(text) }
        if !world.isReady { world.promises.violated("is not ready") }
        let count = world.promises.appliedCount
        world.pass(.seconds(70))
        if world.promises.appliedCount != count { world.promises.violated("does not come to rest") }
        end(&world)
    }

    /// Stops, and looks at what is left.
    private static func end(_ world: inout SimulatedWorld) {
        let (settings, count) = (world.configuration.settings, world.promises.appliedCount)
        world.stop()
        if !world.isStopped { world.promises.violated("did not stop") }
        guard !settings.leavesTable else {
            if world.promises.appliedCount != count { world.promises.violated("did not leave the table as it is") }
            return
        }
        let account = world.promises.account
        for key in account.keys where account.first(of: key)?.isRemovedAtStop ?? false {
            if (try? world.kernel.service(key)) != nil { world.promises.violated("left something") }
        }
        if settings.emptiesTableAtStop, !world.kernel.base.snapshot().services.isEmpty {
            world.promises.violated("did not empty the table")
        }
        compareSettings(&world, "after the stop")
    }

    private static func compareSettings(_ world: inout SimulatedWorld, _ moment: String) {
        let differences = world.promises.settings.differences(SimulatedSettings.State(world.kernel.base))
        for text in differences { world.promises.violated("\(text) \(moment)") }
    }

    private static func compare(_ world: inout SimulatedWorld, _ moment: String) {
        let seen = world
        let rest = SimulatedRest(account: world.promises.account) { seen.answer(to: $0) }
        for text in rest.misjudged { world.promises.violated("\(moment) \(text)") }
        for key in rest.account.keys where !world.promises.isExcused(key) {
            guard let status = try? world.kernel.service(key) else {
                world.promises.violated("\(key.identity) is missing \(moment)")
                continue
            }
            let (actual, wanted) = (Table.Entry(status), rest.entries(of: key))
            guard !wanted.contains(actual) else { continue }
            world.promises.violated(
                "\(moment) \(key.identity) is \(actual.service.scheduler) \(Array(actual.destinations)), not one of "
                    + "\(wanted.map { "\($0.service.scheduler) \(Array($0.destinations))" })"
            )
        }
        for key in world.promises.departedKeys where !world.promises.meddledKeys.contains(key) {
            if (try? world.kernel.service(key)) != nil { world.promises.violated("\(key.identity) is left \(moment)") }
        }
    }
}
