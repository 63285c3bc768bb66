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
    /// By their names people and the account of the promises know pools again.
    static let names = (0...7).map { "pool \($0)" }

    /// A whole configuration.
    static func any(_ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = DirectorConfiguration()
        configuration.settings.addsQuiescent = chance.happens(300)
        for name in chance.shuffled(chance.some(of: names, permille: 400)) {
            configuration.virtualServers.append(SimulatedPool.any(name, &chance))
        }
        return configuration
    }

    /// The configuration with a few changes.
    static func changed(_ former: DirectorConfiguration, _ chance: inout SimulatedChance) -> DirectorConfiguration {
        var configuration = former
        if chance.happens(150) { configuration.settings.addsQuiescent.toggle() }
        if chance.happens(250), !configuration.virtualServers.isEmpty {
            configuration.virtualServers.remove(at: chance.number(0...configuration.virtualServers.count - 1))
        }
        if chance.happens(350), let name = freeName(in: configuration, &chance) {
            let place = chance.number(0...configuration.virtualServers.count)
            configuration.virtualServers.insert(SimulatedPool.any(name, &chance), at: place)
        }
        for index in configuration.virtualServers.indices where chance.happens(400) {
            if chance.happens(80), let name = freeName(in: configuration, &chance) {
                configuration.virtualServers[index].name = name
            }
            SimulatedPool.change(&configuration.virtualServers[index], &chance)
        }
        if chance.happens(100) { configuration.virtualServers = chance.shuffled(configuration.virtualServers) }
        return configuration
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
