import Addresses
import IPVS
import Rules
import Testing

struct RuleWriterTests {
    private static let web = ServiceKey.endpoint(
        .tcp,
        Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 80)
    )
    private static let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0101)), port: 80)

    @Test(arguments: [
        (Change.addService(VirtualService(key: web)), "-A -t 10.0.0.1:80 -s wlc"),
        (.editService(VirtualService(key: .mark(.max, .ipv6), scheduler: "rr")), "-E -f 4294967295 -6 -s rr"),
        (.deleteService(.mark(1, .ipv4)), "-D -f 1"),
        (.deleteDestination(server, of: web), "-d -t 10.0.0.1:80 -r 10.0.1.1:80"),
        (.zero(nil), "-Z"), (.zero(web), "-Z -t 10.0.0.1:80"), (.flush, "-C"),
        (.setTimeouts(Timeouts(tcp: 1, tcpFin: 0, udp: 300)), "--set 1 0 300"),
        (.stopDaemon(.backup), "--stop-daemon backup"),
        (
            .startDaemon(SyncDaemon(role: .master, interface: "eth0", syncID: 7)),
            "--start-daemon master --mcast-interface eth0 --syncid 7"
        ),
        (
            .addDestination(Destination(endpoint: server, weight: 0, upperThreshold: 9, lowerThreshold: 3), to: web),
            "-a -t 10.0.0.1:80 -r 10.0.1.1:80 -g -w 0 -x 9 -y 3"
        ),
        (
            .editDestination(Destination(endpoint: server, forwarding: .masquerade, weight: .max), of: web),
            "-e -t 10.0.0.1:80 -r 10.0.1.1:80 -m -w 2147483647"
        ),
    ])
    func writesEveryChange(change: Change, text: String) {
        #expect(RuleWriter().text(of: change) == text)
        var bytes: [UInt8] = []
        RuleWriter().write(change, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text + "\n")
    }

    @Test func writesEveryValueOfAService() {
        let service = VirtualService(
            key: .endpoint(.udp, Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 5060)),
            scheduler: "mh",
            schedulerFlags: [.first, .second, .third],
            persistence: Persistence(timeout: 60, netmask: .ipv4(IPv4Address(value: 0xffff_0000))),
            persistenceEngine: "sip",
            isOnePacket: true
        )
        #expect(
            RuleWriter().text(of: .addService(service))
                == "-A -u 10.0.0.1:5060 -s mh -p 60 -M 255.255.0.0 --pe sip -o -b mh-fallback,mh-port,flag-3"
        )
    }

    @Test(arguments: [
        (Tunnel.ipip, "--tun-type ipip"), (Tunnel(kind: .ipip, checksum: .on), "--tun-type ipip"),
        (Tunnel(kind: .gre), "--tun-type gre --tun-nocsum"),
        (Tunnel(kind: .gre, checksum: .on), "--tun-type gre --tun-csum"),
        (Tunnel(kind: .gue, port: 5555), "--tun-type gue --tun-port 5555 --tun-nocsum"),
        (Tunnel(kind: .gue, port: 5555, checksum: .remote), "--tun-type gue --tun-port 5555 --tun-remcsum"),
    ])
    func writesTunnels(tunnel: Tunnel, text: String) {
        let change = Change.addDestination(
            Destination(endpoint: Self.server, forwarding: .tunnel, tunnel: tunnel),
            to: .mark(4, .ipv4)
        )
        #expect(RuleWriter().text(of: change) == "-a -f 4 -r 10.0.1.1:80 -i -w 1 \(text)")
    }

    @Test func whatTheLanguageCannotSayIsWrittenNearTheTruth() {
        let key = ServiceKey.endpoint(TransportProtocol(rawValue: 50), Self.server)
        #expect(RuleWriter().text(of: .deleteService(key)) == "-D --xxx-service 10.0.1.1:80")
        for method in [ForwardingMethod.local, .bypass, ForwardingMethod(rawValue: 7)] {
            let change = Change.addDestination(Destination(endpoint: Self.server, forwarding: method), to: Self.web)
            #expect(RuleWriter().text(of: change) == "-a -t 10.0.0.1:80 -r 10.0.1.1:80 -g -w 1")
        }
        for (kind, text) in [(9, ""), (1, " --tun-type gue --tun-port 0 --tun-csum")] {
            let tunnel = Tunnel(kind: .init(rawValue: UInt8(kind)), checksum: .init(rawValue: 0xffff))
            let change = Change.addDestination(
                Destination(endpoint: Self.server, forwarding: .tunnel, tunnel: tunnel),
                to: Self.web
            )
            #expect(RuleWriter().text(of: change) == "-a -t 10.0.0.1:80 -r 10.0.1.1:80 -i -w 1\(text)")
        }
        #expect(RuleWriter().text(of: .addService(VirtualService(key: Self.web, scheduler: ""))).hasSuffix("-s none"))
    }

    @Test func writesNamesWhereThereAreAnyThatCanBeReadAgain() {
        let names = RuleWriter(names: NamesOfTests())
        let domain = ServiceKey.endpoint(.udp, Endpoint(address: .v6(IPv6Address(high: 0, low: 1)), port: 53))
        #expect(
            names.text(of: .deleteDestination(Self.server, of: Self.web)) == "-d -t 10.0.0.1:http -r web1.example:http"
        )
        #expect(names.text(of: .deleteDestination(Self.server, of: .mark(1, .ipv4))) == "-d -f 1 -r web1.example:80")
        #expect(names.text(of: .deleteService(domain)) == "-D -u [::1]:domain")
    }

    @Test func doesNotWriteNamesThatWouldBeReadAsSomethingElse() {
        for name in ["", "-x", "#a", "10.1", "a:b", "a b", "a[", "ü", "a\u{7f}"] {
            #expect(
                RuleWriter(names: OneName(name: name)).text(of: .deleteService(Self.web)).hasPrefix("-D -t 10.0.0.1:")
            )
        }
    }

    @Test func writesWholeTables() {
        var table = Table([
            Table.Entry(
                service: VirtualService(key: Self.web),
                destinations: [Destination(endpoint: Self.server)]
            )
        ])
        table.timeouts = Timeouts(tcp: 1, tcpFin: 2, udp: 3)
        table.daemons[.backup] = SyncDaemon(role: .backup, interface: "lo")
        var bytes: [UInt8] = []
        RuleWriter().write(table, to: &bytes)
        let expected = """
            -A -t 10.0.0.1:80 -s wlc
            -a -t 10.0.0.1:80 -r 10.0.1.1:80 -g -w 1
            --set 1 2 3
            --start-daemon backup --mcast-interface lo --syncid 0

            """
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        bytes = []
        let status = ServiceStatus(
            service: VirtualService(key: Self.web),
            destinations: [DestinationStatus(destination: Destination(endpoint: Self.server))]
        )
        RuleWriter().write(Snapshot(services: [status]), to: &bytes)
        #expect(expected.hasPrefix(String(decoding: bytes, as: UTF8.self)))
        #expect(bytes.count { $0 == 0x0a } == 2)
    }
}

/// Knows one name for everything.
private struct OneName: NameService {
    let name: String

    func address(ofHost name: String) -> IPv4Address? { nil }
    func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? { nil }
    func name(ofHost address: IPAddress) -> String? { name }
    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? { nil }
}
