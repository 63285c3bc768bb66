import Addresses
import Configuration
import DirectorBench
import IPVS
import TestKit

/// Random pools: behind one service or several, with servers that share endpoints, a quorum, a standby.
enum SimulatedPool {
    /// A pool of that name.
    static func any(_ name: String, _ chance: inout SimulatedChance) -> VirtualServer {
        var virtual = serving(services(&chance), &chance)
        self.name(&virtual, name)
        return virtual
    }

    /// Gives a pool a name; those of every other name are known again by it wherever they stand.
    static func name(_ virtual: inout VirtualServer, _ name: String) {
        virtual.name = name
        virtual.label = name.utf8.last.map { $0 % 2 == 0 } ?? false ? name : nil
    }

    /// Changes a few things of a pool, or all of them.
    static func change(_ virtual: inout VirtualServer, _ chance: inout SimulatedChance) {
        let other = any(virtual.name ?? "", &chance)
        switch chance.number(0...9) {
        case 0: virtual = other
        case 1: virtual.realServers = other.realServers
        case 2: virtual.standby = other.standby
        case 3: virtual.quorum = other.quorum
        case 4: regroup(&virtual, &chance)
        case 5:
            virtual.service.scheduler = scheduler(&chance)
            virtual.reconciliation = other.reconciliation
            virtual.fallbackCommand = other.fallbackCommand
            virtual.isRemovedAtStop = other.isRemovedAtStop
            (virtual.tellsTurns, virtual.neededAddresses) = (other.tellsTurns, other.neededAddresses)
        case 6:
            virtual.realServers = chance.some(of: virtual.realServers, permille: 700)
            for server in other.realServers where !virtual.realServers.contains(where: { isSame($0, server) }) {
                virtual.realServers.append(server)
            }
        default:
            for index in virtual.realServers.indices where chance.happens(500) {
                SimulatedServer.change(&virtual.realServers[index], &chance)
            }
        }
    }

    /// Whether two are one server under two configurations.
    static func isSame(_ one: RealServer, _ other: RealServer) -> Bool {
        one.address == other.address && one.port == other.port
    }

    private static func services(_ chance: inout SimulatedChance) -> [VirtualService] {
        let count = chance.one(of: [1, 1, 1, 2, 3], or: 1)
        return chance.shuffled(SimulatedConfiguration.keys).prefix(count).map { key in
            VirtualService(key: key, scheduler: scheduler(&chance))
        }
    }

    private static func scheduler(_ chance: inout SimulatedChance) -> String {
        chance.one(of: ["wrr", "wlc", "mh", "sh"], or: "rr")
    }

    /// A random pool behind those services.
    private static func serving(_ services: [VirtualService], _ chance: inout SimulatedChance) -> VirtualServer {
        var virtual = VirtualServer(service: services[0], and: Array(services.dropFirst()))
        virtual.isRemovedAtStop = chance.happens(500)
        virtual.reconciliation = chance.one(of: [.repair, .restore, .warn, .off], or: .restore)
        if chance.happens(300) { virtual.fallbackCommand = "/bin/fallback" }
        (virtual.tellsTurns, virtual.tellsStop) = (chance.happens(400), chance.happens(300))
        if chance.happens(100) { virtual.monitorFile = "/run/monitor" }
        if chance.happens(150) {
            virtual.neededAddresses = Set(chance.some(of: SimulatedConfiguration.ownAddresses, permille: 500))
        }
        if chance.happens(200) {
            virtual.mail = MailAlert(recipients: ["admin@example.com"], repetition: .seconds(4))
        }
        for address in chance.shuffled(chance.some(of: SimulatedServer.addresses, permille: 450)) {
            virtual.realServers.append(SimulatedServer.any(address, &chance))
            // Another one on the same machine: the endpoint is the same unless packets are translated.
            if chance.happens(200) {
                virtual.realServers.append(SimulatedServer.any(address, port: 8081, &chance))
            }
        }
        if chance.happens(500) { virtual.standby = standby(&chance) }
        if chance.happens(500) {
            virtual.quorum.weight = UInt32(chance.number(1...9))
            virtual.quorum.hysteresis = UInt32(chance.number(0...4))
        }
        return virtual
    }

    private static func standby(_ chance: inout SimulatedChance) -> Standby {
        let address = chance.happens(200) ? SimulatedServer.addresses[0] : SimulatedServer.standbyAddress
        let endpoint = Endpoint(address: address, port: chance.happens(500) ? 8080 : 80)
        let forwarding: ForwardingMethod = chance.happens(200) ? .directRoute : .masquerade
        var standby = Shop.standing(Destination(endpoint: endpoint, forwarding: forwarding))
        standby.server.weight = Int32(chance.number(0...2))
        standby.staysWithoutWeight = chance.happens(300)
        return standby
    }

    /// Lets a pool stand behind more services, or fewer, or others.
    private static func regroup(_ virtual: inout VirtualServer, _ chance: inout SimulatedChance) {
        var services = virtual.services
        if chance.happens(500) || services.count == 1 {
            let new = Self.services(&chance).filter { service in !services.contains { $0.key == service.key } }
            services.insert(contentsOf: new, at: chance.number(0...services.count))
        } else {
            services.remove(at: chance.number(0...services.count - 1))
        }
        var new = VirtualServer(service: services[0], and: Array(services.dropFirst()))
        (new.name, new.label, new.realServers, new.standby, new.quorum) =
            (virtual.name, virtual.label, virtual.realServers, virtual.standby, virtual.quorum)
        (new.tellsTurns, new.tellsStop, new.neededAddresses) =
            (virtual.tellsTurns, virtual.tellsStop, virtual.neededAddresses)
        (new.isRemovedAtStop, new.reconciliation) = (virtual.isRemovedAtStop, virtual.reconciliation)
        (new.fallbackCommand, new.mail) = (virtual.fallbackCommand, virtual.mail)
        virtual = new
    }
}
