import Addresses
import IPVS

extension Promise {
    static let settings: [Promise] = [
        Promise("the version is one of IPVS") { kernel in
            try expect(kernel.information().version, "1.2.1")
        },
        Promise("timeouts that are 0 stay as they are") { kernel in
            try expect(kernel.timeouts(), Timeouts(tcp: 900, tcpFin: 120, udp: 300))
            try kernel.make(.setTimeouts(Timeouts(tcp: 100, tcpFin: 0, udp: 7)))
            try expect(kernel.timeouts(), Timeouts(tcp: 100, tcpFin: 120, udp: 7))
        },
        Promise("timeouts beyond the tick counter are invalid") { kernel in
            try kernel.refuses(.setTimeouts(Timeouts(tcp: .max, tcpFin: 0, udp: 0)), with: .invalid)
            try kernel.refuses(.setTimeouts(Timeouts(tcp: 0, tcpFin: 21_474_837, udp: 0)), with: .invalid)
            try expect(kernel.timeouts(), Timeouts(tcp: 900, tcpFin: 120, udp: 300))
        },
        Promise("daemons of both roles run at once and come back with their defaults") { kernel in
            try expect(kernel.daemons(), [])
            let backup = SyncDaemon(
                role: .backup,
                interface: "lo",
                syncID: 7,
                maximumLength: 2000,
                group: IPAddress("239.1.2.3"),
                port: 9999,
                timeToLive: 64
            )
            try kernel.make(.startDaemon(backup), .startDaemon(SyncDaemon(role: .master, interface: "lo", syncID: 3)))
            let running = try kernel.daemons()
            try expect(running.map(\.role), [.master, .backup])
            try expect(running[1], backup)
            try expect(running[0].group, IPAddress("224.0.0.81"))
            try expect(running[0].port, 8848)
            try expect(running[0].timeToLive, 1)
            try expect(running[0].syncID, 3)
            try kernel.make(.stopDaemon(.master), .stopDaemon(.backup))
            try expect(kernel.daemons(), [])
        },
        Promise("a daemon that was asked for is the one that runs, whatever the kernel clamps") { kernel in
            let daemons = [
                SyncDaemon(role: .backup, interface: "lo", maximumLength: 100),
                SyncDaemon(role: .master, interface: "lo", maximumLength: 100),
                SyncDaemon(role: .master, interface: "lo", maximumLength: 0, port: 0, timeToLive: 0),
                SyncDaemon(role: .master, interface: "lo", maximumLength: 65507),
                SyncDaemon(role: .backup, interface: "lo"),
            ]
            for daemon in daemons {
                var wanted = Table()
                wanted.daemons[daemon.role] = daemon
                try expect(kernel.apply(wanted.changes(from: Table())).failures, [])
                var actual = Table()
                for running in try kernel.daemons() { actual.daemons[running.role] = running }
                try expect(wanted.changes(from: actual), [])
                try kernel.make(.stopDaemon(daemon.role))
            }
        },
        Promise("a difference that removes the servers which forbid a daemon can start it") { kernel in
            let mixed = Destination(endpoint: Example.endpoint("2001:db8::9", 80), forwarding: .tunnel)
            try kernel.make(.addService(VirtualService(key: Example.web)), .addDestination(mixed, to: Example.web))
            var wanted = Table([Table.Entry(service: VirtualService(key: Example.web))])
            wanted.daemons[.master] = SyncDaemon(role: .master, interface: "lo")
            try expect(kernel.apply(wanted.changes(from: try kernel.snapshot().table)).failures, [])
        },
        Promise("a daemon runs once, on an interface that exists, to a multicast group") { kernel in
            let daemon = SyncDaemon(role: .master, interface: "lo")
            try kernel.refuses(.stopDaemon(.master), with: .noSuchService)
            try kernel.refuses(.startDaemon(SyncDaemon(role: .master, interface: "nonesuch")), with: .noSuchDevice)
            var elsewhere = daemon
            elsewhere.group = IPAddress("10.0.0.1")
            try kernel.refuses(.startDaemon(elsewhere), with: .invalid)
            try kernel.make(.startDaemon(daemon))
            try kernel.refuses(.startDaemon(daemon), with: .exists)
            try kernel.make(.stopDaemon(.master))
        },
        Promise("daemons and servers of another family exclude each other") { kernel in
            let mixed = Destination(endpoint: Example.endpoint("2001:db8::9", 80), forwarding: .tunnel)
            let daemon = SyncDaemon(role: .master, interface: "lo")
            try kernel.make(.addService(VirtualService(key: Example.web)), .startDaemon(daemon))
            try kernel.refuses(.addDestination(mixed, to: Example.web), with: .invalid)
            try kernel.make(.stopDaemon(.master), .addDestination(mixed, to: Example.web))
            try kernel.refuses(.startDaemon(daemon), with: .invalid)
        },
    ]
}
