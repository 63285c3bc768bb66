import Addresses
import Diagnostics
import IPVS
import Rules
import Testing

struct RestoreTargetTests {
    private static let web = ServiceKey.endpoint(
        .tcp,
        Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 80)
    )
    private static let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0101)), port: 80)

    @Test func appliesLinesInTheirOrder() {
        let target = RestoreTarget(
            script(
                """
                -A -f 9
                -C
                -A -t 10.0.0.1:80 -s rr
                -a -t 10.0.0.1:80 -r 10.0.1.1 -w 5
                -a -t 10.0.0.1:80 -r 10.0.1.2
                -e -t 10.0.0.1:80 -r 10.0.1.1 -w 7
                -d -t 10.0.0.1:80 -r 10.0.1.2:80
                -E -t 10.0.0.1:80 -s sh
                --set 10 0 30
                --start-daemon backup --syncid 4
                """
            )
        )
        var wanted = Table([
            Table.Entry(
                service: VirtualService(key: Self.web, scheduler: "sh"),
                destinations: [Destination(endpoint: Self.server, weight: 7)]
            )
        ])
        wanted.timeouts = Timeouts(tcp: 10, tcpFin: 0, udp: 30)
        wanted.daemons[.backup] = SyncDaemon(role: .backup, interface: "eth0", syncID: 4)
        #expect(target.table == wanted)
        #expect(target.errors.isEmpty && target.refusals.isEmpty && target.requests.isEmpty)
    }

    @Test func namesTheLinesThatAKernelWouldRefuse() {
        let target = RestoreTarget(
            script(
                """
                -A -f 1
                -A -f 1 -s rr
                -a -f 1 -r 10.0.0.1
                -a -f 1 -r 10.0.0.1 -w 3
                -e -f 1 -r 10.0.0.2
                -a -f 2 -r 10.0.0.2
                -D -f 2
                -Z -f 2
                --start-daemon master
                --start-daemon master --syncid 3
                """
            )
        )
        #expect(
            target.refusals.inOrder.map { "\($0.line) \($0.message)" } == [
                "2 Service already exists", "4 Destination already exists", "5 No such destination",
                "6 Service not defined", "7 No such service", "8 No such service", "10 Daemon has already run",
            ]
        )
        #expect(target.table.entries.map(\.destinations.count) == [1])
        #expect(target.table.daemons[.master]?.syncID == 0)
    }

    @Test func collectsErrorsAndRequests() {
        let target = RestoreTarget(script("-L -n\nfoo\n-A -f 1\n-Z\n-S\n--stop-daemon master\n-A -f x"))
        #expect(target.errors.inOrder.map(\.line) == [2, 7])
        #expect(target.requests.map(\.line.number) == [1, 4, 5, 6])
        #expect(
            target.requests.dropFirst().map(\.command)
                == [.change(.zero(nil)), .save(numeric: false), .change(.stopDaemon(.master))]
        )
    }

    @Test func aDaemonThatIsStoppedAndStartedShallRun() {
        let restarted = RestoreTarget(script("--stop-daemon master\n--start-daemon master --syncid 2"))
        #expect(restarted.table.daemons[.master]?.syncID == 2)
        #expect(restarted.requests.isEmpty)
        let stopped = RestoreTarget(script("--start-daemon master\n--stop-daemon master"))
        #expect(stopped.table.daemons.isEmpty)
        #expect(stopped.requests.map(\.command) == [.change(.stopDaemon(.master))])
    }

    @Test func aChangeIsFoundInTheLineThatAskedForItLast() {
        let script = script(
            """
            -A -t 10.0.0.1:80 -s rr
            -a -t 10.0.0.1:80 -r 10.0.1.1
            -L
            -e -t 10.0.0.1:80 -r 10.0.1.1 -w 9
            --set 1 2 3
            bad
            -D -f 5
            """
        )
        let changes: [Change] = [
            .addDestination(Destination(endpoint: Self.server, weight: 9), to: Self.web),
            .editService(VirtualService(key: Self.web)), .setTimeouts(Timeouts(tcp: 1, tcpFin: 2, udp: 3)),
            .deleteDestination(Self.server, of: Self.web), .deleteService(.mark(5, .ipv4)), .flush,
        ]
        #expect(script.lines(of: changes).map { $0?.number } == [4, 1, 5, nil, 7, nil])
    }

    @Test func whatAWriterWroteIsTheSameTable() {
        let text = """
            -A -t 10.0.0.1:80 -s rr -p 100 -M 255.255.0.0
            -a -t 10.0.0.1:80 -r 10.0.1.1:8080 -m -w 65535 -x 10 -y 5
            -A -f 4294967295 -6 -s sh -b sh-port,flag-3
            --set 1 2 3
            --start-daemon master --mcast-interface lo --syncid 1 --sync-maxlen 1472 --mcast-ttl 1

            """
        var bytes: [UInt8] = []
        RuleWriter().write(RestoreTarget(script(text)).table, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    private func script(_ text: String) -> RestoreScript {
        RestoreScript(RestoreInput(Array(text.utf8), name: "<stdin>"), names: NamesOfTests())
    }
}
