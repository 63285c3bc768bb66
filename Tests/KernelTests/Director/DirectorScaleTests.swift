import Addresses
import IPVS
import IPVSNetlink
import LabSupport
import Testing

/// A thousand services with ten servers each; equal checks are made once, so that ten of them tell of all.
@Suite(.needsKernel, .serialized)
struct DirectorScaleTests {
    private static func configuration(count: Int) -> String {
        let head = "checkinterval=1\nchecktimeout=2\nsupervised=yes\nquiescent=yes\n"
        let servers = (1...10).map { "    real=127.0.1.\($0):8080 masq \($0)\n" }.joined()
        return head
            + (1...count).map { "virtual=10.9.\($0 / 250).\($0 % 250):80\n\(servers)    checktype=connect\n" }.joined()
    }

    @Test func aThousandServicesStartReloadAndStopInTime() throws {
        try Namespace.fresh {
            let servers = try (1...10).map { number in
                try WebServer(
                    at: Endpoint(address: .v4(IPv4Address(value: 0x7f00_0100 + UInt32(number))), port: 8080)
                )
            }
            let stage = try DirectorStage()
            try stage.write(Self.configuration(count: 1000))
            let clock = ContinuousClock()
            func isServed(_ count: Int) throws -> Bool {
                let services = try stage.kernel.snapshot(statistics: false) { status in
                    status.destinations.count == 10 && status.destinations.allSatisfy { $0.destination.weight > 0 }
                }
                return services.count == count && services.allSatisfy(\.self)
            }
            let start = try clock.measure {
                try stage.start()
                #expect(try Deadline.wait(seconds: 60) { try isServed(1000) }, "all are served")
            }
            let addition = try clock.measure {
                try stage.reload(Self.configuration(count: 1001))
                #expect(try Deadline.wait(seconds: 60) { try isServed(1001) }, "one more is served")
            }
            let stop = clock.measure { stage.stop() }
            #expect(try stage.kernel.snapshot().services.isEmpty)
            print("1,000 services with 10 servers: start \(start), a reload that adds one \(addition), stop \(stop)")
            // A round of checks takes a second, and everything takes ten times as long in the lab as elsewhere.
            #expect(start < .seconds(20) && addition < .seconds(20) && stop < .seconds(10))
            withExtendedLifetime(servers) {}
        }
    }

    @Test func aReloadThatChangesNothingSendsNothing() throws {
        try Namespace.fresh {
            let stage = try DirectorStage()
            for number in 11...13 { try stage.open(number) }
            let servers = (11...13).map { "    real=127.0.0.\($0):8080 masq\n" }.joined()
            let text = "checkinterval=0.25\nsupervised=yes\nvirtual=10.9.0.100:80\n\(servers)    checktype=connect\n"
            try stage.write(text)
            try stage.start()
            #expect(try stage.reaches([11: 1, 12: 1, 13: 1]))
            try stage.reload("# nothing else\n" + text)
            try stage.reload(text + "    risecount=2\n")
            stage.close(12)
            #expect(try stage.reaches([11: 1, 13: 1]))
            let log = try stage.kill()
            let added = log.split(separator: "\n").filter { $0.contains("Added ") || $0.contains("Changed ") }
            // The service and its servers, once.
            #expect(added.count == 4, "\(log)")
        }
    }
}
