import Addresses
import Configuration
import IPVS
import TestKit

/// Random configurations over a small set of services, pools and servers, so that they meet often.
enum SimulatedConfiguration {
    static let keys: [ServiceKey] = [
        .endpoint(.tcp, Example.endpoint("10.0.0.1", 80)), .endpoint(.udp, Example.endpoint("10.0.0.1", 53)),
        .endpoint(.tcp, Example.endpoint("10.0.0.2", 443)), .endpoint(.tcp, Example.endpoint("10.0.0.3", 8080)),
        .mark(1, .ipv4), .mark(2, .ipv4),
    ]
    static let foreignKeys: [ServiceKey] = [
        .endpoint(.tcp, Example.endpoint("10.0.9.9", 80)), .mark(99, .ipv4),
    ]
    /// Addresses that this machine may have.
    static let ownAddresses = (1...3).map { Example.endpoint("10.0.0.\($0)", 80).address }
    /// By their names people and the account of the promises know pools again.
    static let names = (0...7).map { "pool \($0)" }

    /// A whole configuration.
    static func any(_ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = DirectorConfiguration()
        configuration.settings = settings(&chance)
        for name in chance.shuffled(chance.some(of: names, permille: 400)) {
            configuration.virtualServers.append(SimulatedPool.any(name, &chance))
        }
        return configuration
    }

    /// The configuration with a few changes.
    static func changed(_ former: DirectorConfiguration, _ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = former
        if chance.happens(250) { configuration.settings = settings(&chance) }
        if chance.happens(250), !configuration.virtualServers.isEmpty {
            configuration.virtualServers.remove(at: chance.number(0...configuration.virtualServers.count - 1))
        }
        if chance.happens(350), let name = freeName(in: configuration, &chance) {
            let place = chance.number(0...configuration.virtualServers.count)
            configuration.virtualServers.insert(SimulatedPool.any(name, &chance), at: place)
        }
        for index in configuration.virtualServers.indices where chance.happens(400) {
            if chance.happens(80), let name = freeName(in: configuration, &chance) {
                SimulatedPool.name(&configuration.virtualServers[index], name)
            }
            SimulatedPool.change(&configuration.virtualServers[index], &chance)
        }
        if chance.happens(100) { configuration.virtualServers = chance.shuffled(configuration.virtualServers) }
        return configuration
    }

    /// What is wanted of the table as a whole.
    private static func settings(_ chance: inout SimulatedChance) -> DirectorSettings {
        var settings = DirectorSettings()
        settings.addsQuiescent = chance.happens(300)
        if chance.happens(300) {
            func timeout() -> UInt32 { UInt32(chance.one(of: [0, 60, 900], or: 30)) }
            settings.timeouts = Timeouts(tcp: timeout(), tcpFin: timeout(), udp: timeout())
        }
        for role in chance.some(of: SyncDaemon.Role.allCases, permille: 250) {
            settings.syncDaemons.append(daemon(role, &chance))
        }
        settings.emptiesTableAtStart = chance.happens(100)
        settings.emptiesTableAtStop = chance.happens(100)
        settings.leavesTable = chance.happens(100)
        return settings
    }

    /// A sync daemon, by which others are different.
    static func daemon(_ role: SyncDaemon.Role, _ chance: inout SimulatedChance) -> SyncDaemon {
        SyncDaemon(role: role, interface: "eth0", syncID: UInt32(chance.number(1...2)))
    }

    private static func freeName(
        in configuration: DirectorConfiguration,
        _ chance: inout SimulatedChance
    ) -> String? {
        let taken = Set(configuration.virtualServers.compactMap(\.name))
        let free = names.filter { !taken.contains($0) }
        return free.isEmpty ? nil : chance.one(of: free, or: free[0])
    }
}
