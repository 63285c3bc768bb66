import Addresses
import IPVS

extension Promise {
    static let destinations: [Promise] = [
        Promise("servers come back as they were added, the newest first") { kernel in
            try kernel.make(.addService(VirtualService(key: Example.web)))
            let servers = (1...40).map { Example.server($0) }
            for server in servers { try kernel.make(.addDestination(server, to: Example.web)) }
            try expect(kernel.destinations(of: Example.web), servers.reversed())
        },
        Promise("a server's values come back, of every kind") { kernel in
            let gue = Tunnel(kind: .gue, port: 5555, checksum: .remote)
            let servers = [
                Destination(endpoint: Example.endpoint("10.2.0.1", 80), weight: .max),
                Destination(endpoint: Example.endpoint("10.2.0.1", 81), forwarding: .masquerade, weight: 0),
                Destination(endpoint: Example.endpoint("10.2.0.2", 80), upperThreshold: .max, lowerThreshold: .max),
                Destination(endpoint: Example.endpoint("10.2.0.3", 80), upperThreshold: 5),
                Destination(endpoint: Example.endpoint("10.2.0.4", 80), forwarding: .tunnel, tunnel: gue),
                Destination(
                    endpoint: Example.endpoint("10.2.0.5", 80),
                    forwarding: .tunnel,
                    tunnel: Tunnel(kind: .gre, checksum: .on)
                ),
                Destination(endpoint: Example.endpoint("10.2.0.6", 0), forwarding: .local, tunnel: gue),
                Destination(endpoint: Example.endpoint("2001:db8::9", 80), forwarding: .tunnel),
                Destination(endpoint: Example.endpoint("127.0.0.1", 80), forwarding: .bypass),
                Destination(endpoint: Example.endpoint("240.0.0.1", 80), forwarding: ForwardingMethod(rawValue: 6)),
            ]
            try kernel.make(.addService(VirtualService(key: Example.web)))
            for server in servers { try kernel.make(.addDestination(server, to: Example.web)) }
            try expect(kernel.destinations(of: Example.web), servers.reversed())
        },
        Promise("a server of either family serves its own kind of services") { kernel in
            for key in Example.keys {
                let server = Example.server(1, key.family)
                try kernel.make(.addService(VirtualService(key: key)), .addDestination(server, to: key))
                try expect(kernel.destinations(of: key), [server])
            }
        },
        Promise("a server exists once, and an edit changes it where it stands") { kernel in
            try kernel.make(.addService(VirtualService(key: Example.web)))
            for number in UInt8(1)...3 { try kernel.make(.addDestination(Example.server(number), to: Example.web)) }
            try kernel.refuses(.addDestination(Example.server(2), to: Example.web), with: .exists)
            var edited = Example.server(2)
            edited.weight = 0
            edited.forwarding = .directRoute
            try kernel.make(.editDestination(edited, of: Example.web))
            try expect(kernel.destinations(of: Example.web), [Example.server(3), edited, Example.server(1)])
        },
        Promise("servers of missing services and missing servers are told apart") { kernel in
            let server = Example.server(1)
            try kernel.refuses(.addDestination(server, to: Example.web), with: .noSuchService)
            try kernel.refuses(.editDestination(server, of: Example.web), with: .noSuchService)
            try kernel.refuses(.deleteDestination(server.endpoint, of: Example.web), with: .noSuchService)
            try kernel.make(.addService(VirtualService(key: Example.web)))
            try kernel.refuses(.editDestination(server, of: Example.web), with: .noSuchEntry)
            try kernel.refuses(.deleteDestination(server.endpoint, of: Example.web), with: .noSuchEntry)
        },
        Promise("a deleted server is gone and can come back") { kernel in
            let server = Example.server(1)
            try kernel.make(
                .addService(VirtualService(key: Example.web)),
                .addDestination(server, to: Example.web),
                .deleteDestination(server.endpoint, of: Example.web)
            )
            try expect(kernel.destinations(of: Example.web), [])
            try kernel.make(.addDestination(server, to: Example.web))
            try expect(kernel.destinations(of: Example.web), [server])
        },
        Promise("weights and thresholds out of range are refused") { kernel in
            var server = Example.server(1)
            try kernel.make(.addService(VirtualService(key: Example.web)), .addDestination(server, to: Example.web))
            server.weight = -1
            try kernel.refuses(.editDestination(server, of: Example.web), with: .outOfRange)
            var other = Example.server(2)
            other.lowerThreshold = 1
            try kernel.refuses(.addDestination(other, to: Example.web), with: .outOfRange)
            other.upperThreshold = 1
            try kernel.make(.addDestination(other, to: Example.web))
        },
        Promise("only addresses of one host can be servers") { kernel in
            try kernel.make(
                .addService(VirtualService(key: Example.web)),
                .addService(VirtualService(key: Example.web6))
            )
            for address in ["0.0.0.0", "255.255.255.255", "224.0.0.1", "239.1.2.3"] {
                let server = Destination(endpoint: Example.endpoint(address, 80))
                try kernel.refuses(.addDestination(server, to: Example.web), with: .invalid)
            }
            for address in ["::", "ff02::1", "fe80::1", "::ffff:10.0.0.1"] {
                let server = Destination(endpoint: Example.endpoint(address, 80))
                try kernel.refuses(.addDestination(server, to: Example.web6), with: .invalid)
            }
        },
        Promise("gue needs a port") { kernel in
            try kernel.make(.addService(VirtualService(key: Example.web)))
            let server = Destination(
                endpoint: Example.endpoint("10.2.0.1", 80),
                forwarding: .tunnel,
                tunnel: Tunnel(kind: .gue)
            )
            try kernel.refuses(.addDestination(server, to: Example.web), with: .invalid)
        },
        Promise("families mix in tunnels only") { kernel in
            try kernel.make(.addService(VirtualService(key: Example.web)))
            for method in [ForwardingMethod.masquerade, .directRoute] {
                let server = Destination(endpoint: Example.endpoint("2001:db8::9", 80), forwarding: method)
                try kernel.refuses(.addDestination(server, to: Example.web), with: .invalid)
            }
        },
        Promise("one failure in a changeset leaves the others in effect") { kernel in
            let servers = (1...9).map { Example.server($0) }
            let report = kernel.apply(
                Changeset(
                    [.addService(VirtualService(key: Example.web)), .deleteService(Example.names)]
                        + servers.map { .addDestination($0, to: Example.web) }
                        + [.addDestination(servers[3], to: Example.web), .deleteService(Example.mark)]
                )
            )
            try expect(
                report.failures,
                [
                    ApplyReport.Failure(index: 1, error: .refused(.noSuchService)),
                    ApplyReport.Failure(index: 11, error: .refused(.exists)),
                    ApplyReport.Failure(index: 12, error: .refused(.noSuchService)),
                ]
            )
            try expect(report.appliedCount, 10)
            try expect(kernel.destinations(of: Example.web), servers.reversed())
        },
        Promise("a changeset of many datagrams is carried out whole, with every error at its place") { kernel in
            var changes: [Change] = []
            var wanted: [Int] = []
            for number in 0..<300 {
                let key = ServiceKey.mark(UInt32(number) + 1, number % 2 == 0 ? .ipv4 : .ipv6)
                changes.append(.addService(VirtualService(key: key, scheduler: "rr")))
                for server in UInt8(1)...4 {
                    changes.append(.addDestination(Example.server(server, key.family), to: key))
                }
                wanted.append(changes.count)
                changes.append(.addService(VirtualService(key: key)))
            }
            let report = kernel.apply(Changeset(changes))
            try expect(report.failures.map(\.index), wanted)
            try expect(Set(report.failures.map(\.error)), [.refused(.exists)])
            let snapshot = try kernel.snapshot()
            try expect(snapshot.services.count, 300)
            try expect(snapshot.services.allSatisfy { $0.destinations.count == 4 }, true)
        },
        Promise("a difference turns one table into the other, and nothing is left to do") { kernel in
            var first = Table()
            var second = Table()
            for number in UInt32(1)...20 {
                let key = ServiceKey.mark(number, .ipv4)
                let service = VirtualService(key: key, scheduler: number % 3 == 0 ? "rr" : "wrr")
                if number % 4 != 0 {
                    first[key] = Table.Entry(service: service, destinations: (1...5).map { Example.server($0) })
                }
                if number % 5 != 0 {
                    var changed = service
                    if number % 7 == 0 { changed.scheduler = "lc" }
                    second[key] = Table.Entry(service: changed, destinations: (3...9).map { Example.server($0) })
                }
            }
            for wanted in [first, second, first, Table(), second] {
                try expect(kernel.apply(wanted.changes(from: try kernel.snapshot().table)).failures, [])
                let found = try kernel.snapshot().table
                try expect(found, wanted)
                try expect(wanted.changes(from: found).isEmpty, true)
            }
        },
    ]
}
