import Addresses
import Configuration
import DirectorBench
import IPVS
import TestKit

/// Random configurations over a small set of services and servers, so that they meet often.
enum SimulatedConfiguration {
    static let keys: [ServiceKey] = [
        .endpoint(.tcp, Example.endpoint("10.0.0.1", 80)), .endpoint(.udp, Example.endpoint("10.0.0.1", 53)),
        .endpoint(.tcp, Example.endpoint("10.0.0.2", 443)), .mark(1, .ipv4), .mark(2, .ipv4),
    ]
    static let foreignKeys: [ServiceKey] = [
        .endpoint(.tcp, Example.endpoint("10.0.9.9", 80)), .mark(99, .ipv4),
    ]
    static let addresses = (1...6).map { Example.endpoint("10.2.0.\($0)", 8080).address }
    static let fallbackAddress = Example.endpoint("10.2.0.99", 8080).address

    /// A whole configuration.
    static func any(_ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = DirectorConfiguration()
        configuration.settings.addsQuiescent = chance.happens(300)
        for key in chance.shuffled(chance.some(of: keys, permille: 600)) {
            configuration.virtualServers.append(virtual(key, &chance).0)
        }
        return configuration
    }

    /// The configuration with a few changes.
    static func changed(_ former: DirectorConfiguration, _ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = former
        if chance.happens(150) { configuration.settings.addsQuiescent.toggle() }
        if chance.happens(300), !configuration.virtualServers.isEmpty {
            configuration.virtualServers.remove(at: chance.number(0...configuration.virtualServers.count - 1))
        }
        for key in keys where !configuration.virtualServers.contains(where: { $0.service.key == key }) {
            if chance.happens(150) { configuration.virtualServers.append(virtual(key, &chance).0) }
        }
        for index in configuration.virtualServers.indices where chance.happens(400) {
            let (new, isQuiescent) = virtual(configuration.virtualServers[index].service.key, &chance)
            if chance.happens(300) {
                configuration.virtualServers[index] = new
            } else if chance.happens(500) {
                configuration.virtualServers[index].realServers = new.realServers
            } else {
                configuration.virtualServers[index].standby = new.standby
                configuration.virtualServers[index].isQuiescent = isQuiescent
                configuration.virtualServers[index].service.scheduler = new.service.scheduler
            }
        }
        return configuration
    }

    private static func virtual(_ key: ServiceKey, _ chance: inout SimulatedChance) -> (
        VirtualServer, isQuiescent: Bool
    ) {
        var virtual = VirtualServer(
            service: VirtualService(key: key, scheduler: chance.one(of: ["wrr", "wlc", "mh", "sh"], or: "rr"))
        )
        let isQuiescent = chance.happens(500)
        virtual.isRemovedAtStop = chance.happens(500)
        let (failureCount, riseCount) = (chance.number(1...3), chance.number(1...3))
        let interval = chance.one(of: [2, 5, 10], or: 5)
        virtual.reconciliation = chance.one(of: [.repair, .restore, .warn, .off], or: .restore)
        if chance.happens(300) { virtual.fallbackCommand = "/bin/fallback" }
        if chance.happens(200) {
            virtual.mail = MailAlert(recipients: ["admin@example.com"], repetition: .seconds(4))
        }
        for address in chance.shuffled(chance.some(of: addresses, permille: 450)) {
            virtual.realServers.append(server(address, of: key, &chance))
        }
        if chance.happens(500) {
            let address = chance.happens(100) ? addresses[0] : fallbackAddress
            let endpoint = Endpoint(address: address, port: chance.happens(500) ? 8080 : 80)
            virtual.standby = Shop.standing(Destination(endpoint: endpoint, forwarding: .masquerade))
        }
        (virtual.failureCount, virtual.riseCount, virtual.interval) = (failureCount, riseCount, .seconds(interval))
        virtual.isQuiescent = isQuiescent
        return (virtual, isQuiescent)
    }

    private static func server(
        _ address: IPAddress,
        of key: ServiceKey,
        _ chance: inout SimulatedChance
    ) -> RealServer {
        let isRouted = chance.happens(300)
        let weight = chance.happens(50) ? 0 : Int32(chance.number(1...5))
        let hasThresholds = chance.happens(200)
        let methods: [HealthCheck.Method?] = [nil, .alwaysDown]
        let method = chance.happens(60) ? chance.one(of: methods, or: .connect) : .connect
        let timeout = chance.number(1...2)
        let configured = Endpoint(address: address, port: 8080)
        var server = RealServer(
            address: address,
            port: isRouted && key.transport == nil ? 0 : configured.port,
            forwarding: isRouted ? .directRoute : .masquerade,
            weight: weight
        )
        if let method {
            let probe = HealthCheck(method: method, target: configured, timeout: .seconds(timeout))
            server.checks = [ServerCheck(probe, pace: Pace(interval: .seconds(10)))]
        }
        if hasThresholds { (server.upperThreshold, server.lowerThreshold) = (10, 5) }
        return server
    }
}
