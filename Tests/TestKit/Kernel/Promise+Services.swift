import Addresses
import IPVS

extension Promise {
    static let services: [Promise] = [
        Promise("a service comes back as it was made, of every kind") { kernel in
            let services = Example.keys.map { VirtualService(key: $0, scheduler: "rr") }
            for service in services { try kernel.make(.addService(service)) }
            for service in services { try expect(kernel.service(service.key).service, service) }
            try expect(Set(kernel.snapshot().services.map(\.service)), Set(services))
        },
        Promise("every scheduler can be asked for by name") { kernel in
            let names = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "mh", "dh", "sed", "nq", "fo", "ovf", "none"]
            for (number, name) in names.enumerated() {
                let service = VirtualService(key: .mark(UInt32(number) + 1, .ipv4), scheduler: name)
                try kernel.make(.addService(service))
                try expect(kernel.service(service.key).service.scheduler, name)
            }
        },
        Promise("flags, persistence, masks and engines come back") { kernel in
            let services = [
                VirtualService(key: Example.web, scheduler: "sh", schedulerFlags: [.first, .second]),
                VirtualService(
                    key: Example.web6,
                    scheduler: "mh",
                    schedulerFlags: [.second, .third],
                    persistence: Persistence(timeout: 360, netmask: .ipv6(prefixLength: 64))
                ),
                VirtualService(
                    key: Example.names,
                    persistence: Persistence(timeout: 5, netmask: .ipv4(IPv4Address(value: 0xffff_ff00))),
                    persistenceEngine: "sip",
                    isOnePacket: true
                ),
            ]
            for service in services { try kernel.make(.addService(service)) }
            for service in services { try expect(kernel.service(service.key).service, service) }
        },
        Promise("seconds of persistence beyond the tick counter come back as another number") { kernel in
            let netmask = Netmask.host(.ipv4)
            let service = VirtualService(
                key: Example.web,
                persistence: Persistence(timeout: 99_999_999, netmask: netmask)
            )
            try kernel.make(.addService(service))
            let expected = Persistence(timeout: 14_100_653, netmask: netmask)
            try expect(kernel.service(Example.web).service.persistence, expected)
        },
        Promise("a key exists once") { kernel in
            let service = VirtualService(key: Example.web)
            try kernel.make(.addService(service))
            try kernel.refuses(.addService(service), with: .exists)
        },
        Promise("an edit replaces all values and keeps the servers") { kernel in
            let first = VirtualService(
                key: Example.web,
                scheduler: "sh",
                schedulerFlags: .first,
                persistence: Persistence(timeout: 60, netmask: .host(.ipv4)),
                persistenceEngine: "sip"
            )
            try kernel.make(.addService(first), .addDestination(Example.server(1), to: Example.web))
            let second = VirtualService(key: Example.web, scheduler: "wrr")
            try kernel.make(.editService(second))
            try expect(kernel.service(Example.web).service, second)
            try expect(kernel.destinations(of: Example.web), [Example.server(1)])
        },
        Promise("what is missing can be neither edited, deleted, zeroed nor read") { kernel in
            try kernel.refuses(.editService(VirtualService(key: Example.web)), with: .noSuchService)
            try kernel.refuses(.deleteService(Example.web), with: .noSuchService)
            try kernel.refuses(.zero(Example.web), with: .noSuchService)
            do {
                _ = try kernel.service(Example.web)
                throw Broken(description: "a missing service was read")
            } catch IPVSError.refused(.noSuchService) {}
        },
        Promise("unknown schedulers and engines are not found") { kernel in
            try kernel.refuses(.addService(VirtualService(key: Example.web, scheduler: "nonesuch")), with: .noSuchEntry)
            try kernel.refuses(.addService(VirtualService(key: Example.web, scheduler: "")), with: .noSuchEntry)
            let service = VirtualService(key: Example.web, persistenceEngine: "nonesuch")
            try kernel.refuses(.addService(service), with: .noSuchEntry)
            try kernel.make(.addService(VirtualService(key: Example.web)))
            let edited = VirtualService(key: Example.web, scheduler: "nonesuch")
            try kernel.refuses(.editService(edited), with: .noSuchEntry)
        },
        Promise("names that are too long and prefixes out of range are invalid") { kernel in
            let long = VirtualService(key: Example.web, scheduler: "sixteen-letters-")
            try kernel.refuses(.addService(long), with: .invalid)
            let longer = VirtualService(key: Example.web, scheduler: String(repeating: "x", count: 70_000))
            try kernel.refuses(.addService(longer), with: .invalid)
            let engine = VirtualService(key: Example.web, persistenceEngine: "seventeen-letters")
            try kernel.refuses(.addService(engine), with: .invalid)
            for length: UInt32 in [0, 129] {
                let persistence = Persistence(timeout: 1, netmask: .ipv6(prefixLength: length))
                let service = VirtualService(key: Example.web6, persistence: persistence)
                try kernel.refuses(.addService(service), with: .invalid)
            }
        },
        Promise("a virtual address may be anything") { kernel in
            for address in ["0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "ff02::1"] {
                let key = ServiceKey.endpoint(.tcp, Example.endpoint(address, 80))
                try kernel.make(.addService(VirtualService(key: key)), .deleteService(key))
            }
        },
        Promise("flush removes everything") { kernel in
            for key in Example.keys { try kernel.make(.addService(VirtualService(key: key))) }
            try kernel.make(.addDestination(Example.server(1), to: Example.web), .flush)
            try expect(kernel.snapshot().services, [])
            try kernel.make(.flush)
        },
        Promise("counters can be zeroed, of one service and of all") { kernel in
            try kernel.make(.addService(VirtualService(key: Example.web)), .zero(Example.web), .zero(nil))
            try expect(kernel.service(Example.web).statistics, Statistics())
        },
    ]
}
