import Addresses
import Configuration
import Diagnostics
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What `real` and `real6` can say.
struct RealLineTests {
    @Test(arguments: [
        ("10.0.0.2:8080 masq", "10.0.0.2:8080"), ("10.0.0.2:http-alt masq 1", "10.0.0.2:8080"),
        ("10.0.0.2 masq", "10.0.0.2:0"), ("web1:80 masq", "10.0.0.11:80"), ("10.0.0.2:8080 gate", "10.0.0.2:80"),
        ("10.0.0.2 ipip", "10.0.0.2:80"), ("10.0.0.2:8080\tmasq", "10.0.0.2:8080"), ("10.0.0.2:0 masq", "10.0.0.2:0"),
    ])
    func addresses(value: String, kernel: String) throws {
        let read = reading(block(["real=\(value)"]))
        #expect(read.findings == [])
        let server = try #require(read.configuration?.virtualServers.first?.realServers.first)
        #expect(read.configuration?.virtualServers.first?.destinations.map(\.endpoint.description) == [kernel])
        #expect(server.hostName == (value.hasPrefix("web1") ? "web1" : nil))
    }

    @Test func addressesOfIPv6() throws {
        let server = try virtual(
            "real6=[fd00::2]:8080 masq 3",
            "real6=web1 gate",
            of: "virtual6=[fd00::1]:80"
        )
        #expect(server.destinations.map(\.endpoint.description) == ["[fd00::2]:8080", "[fd00::11]:80"])
    }

    @Test func portsOfServersThatAreNotTranslated() throws {
        let server = try virtual("real=10.0.0.2:8080 gate")
        #expect(server.realServers.map(\.port) == [8080])
        #expect(server.realServers.map(\.check.target.port) == [8080])
        #expect(server.destinations.map(\.endpoint.port) == [80])
        let marked = try virtual("real=10.0.0.2:8080 gate", "real=10.0.0.3 ipip", "checktype=on", of: "virtual=3")
        #expect(marked.destinations.map(\.endpoint.port) == [8080, 0])
    }

    @Test(arguments: [
        ("gate", ForwardingMethod.directRoute, Int32(1), UInt32(0), UInt32(0)), ("masq 0", .masquerade, 0, 0, 0),
        ("ipip 007", .tunnel, 7, 0, 0), ("gate 2147483647", .directRoute, .max, 0, 0),
        ("masq 5 l:2 u:9", .masquerade, 5, 2, 9), ("masq u:9", .masquerade, 1, 0, 9),
        ("masq l:2 u:9", .masquerade, 1, 2, 9),
    ])
    func forwardingWeightAndThresholds(
        value: String,
        forwarding: ForwardingMethod,
        weight: Int32,
        lower: UInt32,
        upper: UInt32
    ) throws {
        let read = reading(block(["real=10.0.0.2:80 \(value)"]))
        #expect(read.findings == [])
        let destination = try #require(read.configuration?.virtualServers.first?.destinations.first)
        #expect(destination.forwarding == forwarding)
        #expect(destination.weight == weight)
        #expect(destination.lowerThreshold == lower)
        #expect(destination.upperThreshold == upper)
    }

    @Test(arguments: [
        (#"gate 5 "health","OK""#, "/health", "OK"), (#"gate "health", "OK""#, "/health", "OK"),
        (#"gate "health" "OK it is""#, "/health", "OK it is"), (#"gate "a" b","c""#, #"/a" b"#, "c"),
        (#"gate "a","b" l:0 u:3"#, "/a", "b"), (#"gate "","OK""#, "/", "OK"),
    ])
    func requestAndPattern(value: String, target: String, pattern: String) throws {
        let read = reading(block(["real=10.0.0.2:80 \(value)"]))
        #expect(read.findings == [])
        let check = try #require(read.configuration?.virtualServers.first?.realServers.first?.check)
        var request = HTTPRequest(target: target, host: "10.0.0.2")
        request.pattern = ContentPattern(pattern)
        #expect(check.method == .negotiate(Negotiation(.http(request))))
    }

    @Test func aPairWithASlashCountsAndIsTold() throws {
        let read = reading(
            block([#"real=10.0.0.2:80 gate 1 "/health", "OK" l:1 u:2"#, "request=\"all\"", "receive=\"x\""])
        )
        #expect(read.findings == ["w 2:29 this request and pattern count here"])
        let server = try #require(read.configuration?.virtualServers.first?.realServers.first)
        var request = HTTPRequest(target: "/health", host: "10.0.0.2")
        request.pattern = ContentPattern("OK")
        #expect(server.check.method == .negotiate(Negotiation(.http(request))))
        #expect(server.upperThreshold == 2)
    }

    @Test func aURLStandsInThePlaceOfTheServer() throws {
        let server = try virtual(
            #"real=10.0.0.2:80 gate "http://10.9.9.9:81/x?y=z","OK""#,
            #"real=10.0.0.3:80 gate "http://web2","OK""#,
            #"real=10.0.0.4:80 gate "https://web2/","OK""#,
            "virtualhost=v.example.com"
        )
        #expect(server.realServers.map(\.check.target.description) == ["10.9.9.9:81", "10.0.0.12:80", "10.0.0.4:80"])
        let targets = server.realServers.map {
            guard case .negotiate(let negotiation) = $0.check.method, case .http(let request) = negotiation.dialogue
            else {
                return ""
            }
            return "\(request.host) \(request.target)"
        }
        #expect(targets == ["v.example.com /x?y=z", "v.example.com /", "v.example.com /https://web2/"])
    }

    @Test func aPortToCheckOfItsOwn() throws {
        let server = try virtual(
            "real=10.0.0.2:80 masq 2 checkport=8080",
            #"real=10.0.0.3:80 masq "a","b" l:0 u:1 checkport=8081"#,
            "real=10.0.0.4:80 masq checkport=8082",
            "real=10.0.0.5:80 masq",
            "checkport=9"
        )
        #expect(server.realServers.map(\.check.target.port) == [8080, 8081, 8082, 9])
        #expect(server.destinations.map(\.endpoint.port) == [80, 80, 80, 80])
    }

    @Test(arguments: [
        ("", "2:10 invalid address for real server (wrong format)"),
        ("10.0.0.2:80", "2:21 invalid address for real server (wrong format)"),
        ("10.0.0.2:80  # gate", "2:21 invalid address for real server (wrong format)"),
        ("10.0.0.2:80 route", "2:22 forward method must be gate, masq or ipip"),
        ("10.0.0.2:80 Gate", "2:22 forward method must be gate, masq or ipip"),
        ("10.0.0.2:80 5 gate", "2:22 forward method must be gate, masq or ipip"),
        ("10.0.0.2:80 ;", "2:22 forward method must be gate, masq or ipip"),
        ("10.0.0.2:80 gate -1", #"2:27 Invalid real server line, around "-1""#),
        ("10.0.0.2:80 gate 1.5", #"2:28 Invalid real server line, around ".5""#),
        ("10.0.0.2:80 gate 1 2", #"2:29 Invalid real server line, around "2""#),
        ("10.0.0.2:80 gate weight", #"2:27 Invalid real server line, around "weight""#),
        ("10.0.0.2:80 gate 1 \"/x\"", #"2:29 Invalid real server line, around ""/x"""#),
        ("10.0.0.2:80 gate checkport=0", "2:27 checkport must be in range 1..65536"),
        ("10.0.0.2:99999 gate", "2:19 invalid port (99999) for real server (could not resolve port)"),
        ("10.0.0.2:nothing gate", "2:19 invalid port (nothing) for real server (could not resolve port)"),
        ("nobody:80 gate", "2:10 invalid address (nobody) for real server (could not resolve host)"),
        ("[fd00::1]:80 gate", "2:10 invalid address ([fd00::1]) for real server (could not resolve host)"),
        ("10.0.0.256:80 gate", "2:10 invalid address (10.0.0.256) for real server (could not resolve host)"),
        ("web1->nobody gate", "2:16 invalid address (nobody) for real server (could not resolve end host)"),
        (
            "10.0.0.9->10.0.0.2 gate",
            "2:10 Invalid Range: 10.0.0.9-10.0.0.2: First value must be greater than or equal to the second value"
        ),
        ("10.0.0.0->10.1.0.0 gate", "2:10 a range of 65537 servers"),
    ])
    func errors(value: String, finding: String) {
        let read = reading(block(["real=\(value)"]))
        #expect(read.findings == [finding])
        #expect(read.configuration == nil)
    }

    @Test(arguments: [
        ("http://10.0.0.2:80 gate", "10.0.0.2:80", ["w 2:10 nothing before the address counts"]),
        ("10.0.0.2::8080 masq", "10.0.0.2:8080", ["w 2:10 two colons before the port"]),
        ("web_1:80 gate", "10.0.0.31:80", ["w 2:10 a host name with a character that ldirectord does not know in one"]),
        ("10.0.0.02:80 gate", "10.0.0.2:80", ["w 2:10 this is the address 10.0.0.2"]),
        ("10.0.0.2:80 gate foo 5", "10.0.0.2:80", ["w 2:27 this is ignored"]),
        ("10.0.0.2:80 gate 5 foo l:0", "10.0.0.2:80", ["w 2:29 this is ignored"]),
        ("10.0.0.2:80 gate u:10 l:5", "10.0.0.2:80", ["w 2:32 out of order"]),
        ("10.0.0.2:80 , gate", "10.0.0.2:80", ["w 2:22 nothing before gate counts"]),
        (
            #"10.0.0.2:80 gate "/x","y" z"#, "10.0.0.2:80",
            ["w 2:27 this request and pattern count here", "w 2:36 this is ignored"]
        ),
        (#"10.0.0.2:80 gate "x" , "y""#, "10.0.0.2:80", ["w 2:27 blanks before a comma"]),
        (#"10.0.0.2:80 gate "x","y 2""#, "10.0.0.2:80", ["w 2:27 a number in a text, and no weight before it"]),
    ])
    func doubts(value: String, kernel: String, findings: [String]) {
        let read = reading(block(["real=\(value)"]))
        #expect(read.findings == findings)
        #expect(
            read.configuration?.virtualServers.first?.destinations.map(\.endpoint.description) == [kernel]
        )
    }

    @Test func theFamilyOfABlock() {
        #expect(
            reading("virtual=10.0.0.1:80\n\treal6=[fd00::1]:80 gate\nvirtual6=[fd00::1]:80\n\treal=web1:80 gate\n")
                .findings
                == [
                    #"2:2 cannot specify "real6" here.  please use "real" instead"#,
                    #"4:2 cannot specify "real" here.  please use "real6" instead"#,
                ]
        )
        for address in ["fd00::2", "fd00:1::2", "2001:db8::2:80"] {
            #expect(
                reading(block(["real6=\(address) gate"], of: "virtual6=[fd00::1]:80")).findings
                    == ["2:11 invalid address for real server (wrong format)"]
            )
        }
        #expect(
            reading(block(["real6=[fd00::2]->[fd00::5]:80 gate"], of: "virtual6=[fd00::1]:80")).findings
                == ["2:11 Address range for IPv6 is not supported yet"]
        )
    }

    @Test(arguments: [
        ("10.0.0.254->10.0.1.1", ["10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1"], false),
        ("59.154.201.254->59.154.202.1", ["59.154.201.254", "59.154.201.255", "59.154.202.0", "59.154.202.1"], true),
        ("0.0.0.8->0.0.0.11", ["0.0.0.8", "0.0.0.9", "0.0.0.10", "0.0.0.11"], true),
        ("web1->web2", ["10.0.0.11", "10.0.0.12"], false), ("10.0.0.2->10.0.0.2", ["10.0.0.2"], false),
        ("255.255.255.254->255.255.255.255", ["255.255.255.254", "255.255.255.255"], false),
    ])
    func ranges(range: String, addresses: [String], isLost: Bool) {
        let read = reading(block(["real=\(range):8080 masq 4 l:1 u:5"]))
        #expect(read.findings == (isLost ? ["w 2:10 4 servers"] : []))
        let servers = read.configuration?.virtualServers.first?.realServers ?? []
        #expect(servers.map(\.address.description) == addresses)
        #expect(servers.allSatisfy { $0.weight == 4 && $0.port == 8080 && $0.place?.line == 2 })
        #expect(servers.allSatisfy { $0.upperThreshold == 5 && $0.hostName == nil })
    }

    @Test func rangesTogetherAreBounded() {
        let read = reading(block(["real=10.0.0.0->10.0.255.254 masq", "real=10.1.0.0->10.1.0.1 masq"]))
        #expect(read.findings == ["3:10 a range of 2 servers"])
        #expect(read.diagnostics.first?.expected == "at most 65536 servers in all ranges of a file")
    }

    @Test func aServerWrittenTwiceStandsOnce() {
        let read = reading(
            block([
                "real=10.0.0.2:80 gate 1", "real=10.0.0.1->10.0.0.3:80 gate 2", "real=10.0.0.2:8080 gate 3",
                "real=10.0.0.2:8080 masq 4",
            ])
        )
        #expect(
            read.findings == [
                "w 3:10 the server 10.0.0.2:80 stands here a second time, and counts once",
                "w 4:10 the server 10.0.0.2:80 stands here a second time, and counts once",
            ]
        )
        let servers = read.configuration?.virtualServers.first?.realServers ?? []
        #expect(servers.map(\.weight) == [1, 2, 2, 4])
    }
}
