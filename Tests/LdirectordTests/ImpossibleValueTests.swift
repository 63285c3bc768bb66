import Addresses
import Configuration
import Diagnostics
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What the kernel cannot have costs nothing but itself: the original runs on too.
struct ImpossibleValueTests {
    private static let others = "\nvirtual=10.0.0.9:80\n    real=10.0.0.3:80 gate\n"

    @Test(
        arguments: [
            ("l:10", 0, 0), ("l:5 u:3", 0, 3), ("u:3 l:5", 0, 3), ("l:2147483648 u:3", 0, 3),
            ("l:1 u:99999999999", 0, 0),
        ] as [(String, UInt32, UInt32)]
    )
    func thresholds(text: String, lower: UInt32, upper: UInt32) throws {
        let read = reading(block(["real=10.0.0.2:80 gate 1 \(text)"]) + Self.others)
        let server = try #require(read.configuration?.virtualServers.first?.realServers.first)
        #expect(server.lowerThreshold == lower)
        #expect(server.upperThreshold == upper)
        #expect(read.configuration?.virtualServers.count == 2)
        #expect(read.diagnostics.contains { $0.message.contains("left out") })
    }

    @Test func aWeightThatIsTooLarge() {
        let read = reading(block(["real=10.0.0.2:80 gate 2147483648", "real=10.0.0.4:80 gate"]))
        #expect(read.findings == ["w 2:27 the weight is too large, and the server is left out"])
        #expect(read.configuration?.virtualServers.first?.realServers.map(\.place?.line) == [3])
    }

    @Test(
        arguments: [
            ("persistent=0", nil), ("persistent=2678401", 2_678_400), ("persistent=60\n    persistent=0", nil),
        ] as [(String, UInt32?)]
    )
    func persistence(lines: String, timeout: UInt32?) {
        let read = reading(block([lines]) + Self.others)
        #expect(read.configuration?.virtualServers.first?.service.persistence?.timeout == timeout)
        #expect(read.findings.count == 1)
    }

    @Test func masksAndFlags() throws {
        let read = reading(
            block(["persistent=60", "netmask=255.255.0.999", "scheduler=sh", "schedflags=sh-port,mh-port"])
        )
        let service = try #require(read.configuration?.virtualServers.first?.service)
        #expect(service.persistence?.netmask.isHost == true)
        #expect(service.schedulerFlags == .second)
        #expect(read.diagnostics.filter { $0.message.contains("left out") }.count == 2)
    }

    @Test(arguments: [
        "virtual=0\n    real=10.0.0.2 gate\n", "virtual=4294967296\n    real=10.0.0.2 gate\n",
        "virtual=10.0.0.1:0\n    real=10.0.0.2 gate\n", "virtual=10.0.0.1:80\n    scheduler=abcdefghijklmnop\n",
    ])
    func aServiceIsLeftOut(text: String) {
        let read = reading(text + Self.others)
        #expect(read.configuration?.virtualServers.map(\.place?.line) == [4])
        #expect(read.diagnostics.contains { $0.message.hasSuffix("the service is left out") })
    }

    @Test func theHostOfAURLIsLookedForAtEachCheck() throws {
        let read = reading(block([#"real=10.0.0.2:80 gate "http://nobody:8080/x","y""#]))
        #expect(
            read.findings == ["w 2:10 the host nobody of the request is not known, and the check fails until it is"]
        )
        let check = try #require(read.configuration?.virtualServers.first?.realServers.first?.check)
        var request = HTTPRequest(target: "/x", host: "10.0.0.2")
        request.pattern = ContentPattern("y")
        request.soughtHost = "nobody"
        #expect(check.method == .negotiate(Negotiation(.http(request))))
        #expect(check.target.port == 8080)
    }

    @Test(arguments: ["sh", "mh"])
    func theFlagOfSchedulersWithSlots(scheduler: String) throws {
        let bare = reading(block(["scheduler=\(scheduler)", "quiescent=yes"]))
        let found = try #require(bare.diagnostics.first)
        #expect(found.message.contains("a server at weight 0, as quiescent=yes leaves one that fails, keeps its slots"))
        #expect(found.expected == "schedflags=\(scheduler)-fallback, or schedfallback=yes for all services")
        for text in [
            "schedfallback=yes\n" + block(["scheduler=\(scheduler)"]),
            block(["scheduler=\(scheduler)", "schedfallback=yes"]),
            block(["scheduler=\(scheduler)", "schedflags=\(scheduler)-fallback"]),
        ] {
            #expect(reading(text).findings == [])
            #expect(reading(text).configuration?.virtualServers.first?.service.schedulerFlags == .first)
        }
        let own = reading("schedfallback=yes\n" + block(["scheduler=\(scheduler)", "schedfallback=no"]))
        #expect(own.configuration?.virtualServers.first?.service.schedulerFlags == [])
        #expect(
            reading("schedfallback=yes\n" + block(["scheduler=wlc"])).configuration?.virtualServers.first?.service
                .schedulerFlags == []
        )
    }
}
