import Addresses
package import Configuration
package import Dialogues
package import HealthChecks
package import IPVS
import TestKit

/// A shop of two servers, as most tests have it.
package enum Shop {
    package static let key = Example.web
    package static let first = server(1, weight: 5)
    package static let second = server(2, weight: 3)
    package static let fallback = Destination(endpoint: Example.endpoint("10.2.0.99", 80), forwarding: .masquerade)
    package static let standby = standing(fallback)
    package static let other = Example.server(200, port: 8080)

    /// The result of a check that succeeds, as most tests have it.
    package static let passed = CheckResult(.up, .dialogue(.passed), text: "200 OK")
    /// The result of a check that fails.
    package static let refused = CheckResult(.down, .transport(.refused))

    package static func server(_ number: UInt8, weight: Int32) -> RealServer {
        var destination = Example.server(number, port: 8080)
        destination.weight = weight
        let check = HealthCheck(method: .connect, target: destination.endpoint, timeout: .seconds(5))
        var real = RealServer(destination: destination, check: check)
        real.whenDown = .quiesced
        return real
    }

    /// The server as one that nobody checks.
    package static func standing(_ destination: Destination) -> Standby {
        let endpoint = destination.endpoint
        return Standby(
            RealServer(address: endpoint.address, port: endpoint.port, forwarding: destination.forwarding)
        )
    }

    package static func virtual(_ change: (inout VirtualServer) -> Void = { _ in }) -> VirtualServer {
        var virtual = VirtualServer(service: VirtualService(key: key, scheduler: "wrr"))
        virtual.realServers = [first, second]
        change(&virtual)
        return virtual
    }

    package static func scheduled(_ reals: RealServer...) -> [ScheduledCheck] {
        reals.map { ScheduledCheck($0.checks[0].probe, pace: $0.checks[0].pace) }
    }

    /// The server with another weight.
    package static func weighing(_ weight: Int32, _ real: RealServer) -> Destination {
        var destination = real.destination
        destination.weight = weight
        return destination
    }

    /// A bench with both servers up.
    package static func running(_ virtual: VirtualServer) -> DirectorBench {
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for real in virtual.realServers { _ = bench.check(real, .up, of: virtual) }
        return bench
    }
}
