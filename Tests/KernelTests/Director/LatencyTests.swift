import Addresses
import IPVS
import IPVSNetlink
import TestKit
import Testing

/// The time from the answer that fails a check to the weight of zero in the lab's kernel.
@Suite(.needsLab, .waitsInLab)
struct LatencyTests {
    private static let servers = 100
    private static let flaps = 60
    private static let flapsAtOnce = 10
    /// So long that a slow machine does not matter, and shorter than a failure that is left to another round of checks and
    /// its time-out; `make bench` holds the time itself to its budget.
    private static let limit = Duration.seconds(2)
    private static let service = ServiceKey.endpoint(
        .tcp,
        Endpoint(address: .v4(IPv4Address(value: 0x0a09_0064)), port: 80)
    )

    private static func endpoint(_ number: Int) -> Endpoint {
        Endpoint(address: .v4(IPv4Address(value: 0x7f00_0100 + UInt32(number))), port: 8080)
    }

    @Test func aFailureReachesTheTableAtOnce() throws {
        let latencies = try Namespace.fresh {
            let stage = try DaemonStage()
            let farm = try WebFarm(port: 8080)
            let reals = (1...Self.servers).map { "    real=127.0.1.\($0):8080 masq\n" }.joined()
            try stage.write(
                """
                checkinterval=1
                negotiatetimeout=10
                quiescent=yes
                logfile="FOLDER/log"
                virtual=10.9.0.100:80
                \(reals)    service=http
                    request="/"
                    receive="ready"

                """
            )
            try stage.start()
            let all = (1...Self.servers).reduce(into: [:]) { $0[Self.endpoint($1)] = Int32(1) }
            try stage.wait("first round", for: all, of: Self.service)
            var latencies: [Duration] = []
            for batch in stride(from: 1, through: Self.flaps, by: Self.flapsAtOnce) {
                var awaited = Set((batch..<batch + Self.flapsAtOnce).map(Self.endpoint))
                for endpoint in awaited { farm.fail(endpoint.address) }
                let isDone = try Deadline.wait(seconds: 60, pause: 1000) {
                    let weights = try stage.weights(of: Self.service)
                    let now = ContinuousClock.now
                    for endpoint in awaited where weights?[endpoint] == 0 {
                        latencies.append(now - (try #require(farm.failure(of: endpoint.address))))
                        awaited.remove(endpoint)
                    }
                    return awaited.isEmpty
                }
                try #require(isDone)
                for endpoint in all.keys { farm.heal(endpoint.address) }
                try stage.wait("return", for: all, of: Self.service)
            }
            #expect(try stage.stop()?.status == 0)
            return latencies.sorted()
        }
        let median = latencies[latencies.count / 2]
        print("failing answer to changed table, in the lab: median \(median), slowest \(latencies.last ?? .zero)")
        #expect(median <= Self.limit)
    }
}
