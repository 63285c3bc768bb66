import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct MonitorLineTests {
    private static func http(_ target: String, _ pattern: String?) -> HealthCheck.Method {
        var request = HTTPRequest(target: target, host: "10.2.0.1")
        request.pattern = pattern.map { ContentPattern($0) }
        return .negotiate(Negotiation(.http(request)))
    }

    @Test(arguments: [
        (http("/x", "OK"), "negotiate http tcp 10.2.0.1 8080 5 masq /x OK"),
        (http("/a::b", "\\d+"), "negotiate http tcp 10.2.0.1 8080 5 masq /a b d+"),
        (
            .negotiate(Negotiation(.imap(nil), security: TLSSettings())),
            "negotiate imaps tcp 10.2.0.1 8080 5 masq / "
        ),
        (.connect, "connect tcp 10.2.0.1 8080 5 masq / "),
        (.ping(attempts: 1), "ping tcp 10.2.0.1 8080 5 masq / "),
        (
            .external(ExternalCheck(program: "/bin/check", arguments: [])),
            "external /bin/check tcp 10.2.0.1 8080 5 masq / "
        ),
        (
            .combined(connections: 2, connectionTimeout: .seconds(1), Negotiation(.nntp)),
            "combined nntp tcp 10.2.0.1 8080 5 masq / "
        ),
    ])
    func aResultIsRecorded(method: HealthCheck.Method, identity: String) {
        var real = Shop.first
        real.check.method = method
        let virtual = Shop.virtual {
            $0.realServers = [real]
            $0.monitorFile = "/tmp/monitor"
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let actions = bench.check(real, .up, of: virtual)
        #expect(actions.said.first == .record(MonitorLine(file: "/tmp/monitor", text: "\(identity) [up] 200 OK")))
    }

    /// A server with several checks has a line for each result, which names the check that gave it.
    @Test func aLineNamesTheCheckItCameFrom() {
        var real = Shop.first
        var other = real.checks[0]
        other.probe.method = Self.http("/y", nil)
        real.checks.append(other)
        let virtual = Shop.virtual {
            $0.realServers = [real]
            $0.monitorFile = "/tmp/monitor"
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let lines = real.checks.map { check in
            let scheduled = ScheduledCheck(check.probe, pace: check.pace)
            return bench.director.checked(scheduled, Shop.passed, at: bench.now).said.first
        }
        let identities = ["connect tcp 10.2.0.1 8080 5 masq / ", "negotiate http tcp 10.2.0.1 8080 5 masq /y "]
        #expect(
            lines == identities.map { .record(MonitorLine(file: "/tmp/monitor", text: "\($0) [up] 200 OK")) }
        )
    }

    @Test func textsAreEscapedAndMaintenanceIsNamed() {
        let virtual = Shop.virtual { $0.monitorFile = "/tmp/monitor" }
        var bench = Shop.running(virtual)
        let check = Shop.scheduled(Shop.first)[0]
        let identity = "connect tcp 10.2.0.1 8080 5 masq / "
        let odd = CheckResult(.down, .dialogue(.mismatch), text: "50% | a\r\nb")
        #expect(
            bench.director.checked(check, odd, at: bench.now).said.first
                == .record(MonitorLine(file: "/tmp/monitor", text: "\(identity) [down] 50%25 %7c a%0d%0ab"))
        )
        let silent = CheckResult(.down, .transport(.timeout))
        #expect(
            bench.director.checked(check, silent, at: bench.now).said.first
                == .record(MonitorLine(file: "/tmp/monitor", text: "\(identity) [down] -"))
        )
        _ = bench.maintain(["10.2.0.1"])
        #expect(
            bench.check(Shop.first, .up, of: virtual).said == [
                .record(MonitorLine(file: "/tmp/monitor", text: "\(identity) [down] Server in maintenance"))
            ]
        )
    }

    @Test func aSilentEchoAndAProgramInPerlAreNotRecorded() {
        for method in [
            HealthCheck.Method.ping(attempts: 1), .external(ExternalCheck(program: "perl", arguments: ["x.pl"])),
        ] {
            var real = Shop.first
            real.check.method = method
            let virtual = Shop.virtual {
                $0.realServers = [real]
                $0.monitorFile = "/tmp/monitor"
            }
            var bench = DirectorBench([virtual])
            _ = bench.start()
            let records = bench.check(real, .down, of: virtual).said.filter {
                if case .record = $0 { true } else { false }
            }
            #expect(records == [])
        }
    }
}
