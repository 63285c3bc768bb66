// The servers behind a service, ranges of them resolved.

import Addresses
import Configuration
import IPVS

extension ConfigurationAssembly {
    mutating func realServers(
        of section: VirtualSection,
        behind service: VirtualService,
        _ plan: CheckPlan
    ) -> [RealServer] {
        var servers: [RealServer] = []
        var places: [Endpoint: Int] = [:]
        servers.reserveCapacity(section.reals.count)
        for entry in section.reals {
            var port: UInt16 = 0
            if let reference = entry.port {
                let place = Place(line: entry.place.line, range: entry.portRange ?? entry.place.range)
                let resolved = self.port(
                    of: reference,
                    nil,
                    at: place,
                    refusal: "invalid port (\(place.text)) for real server (could not resolve port)",
                    subject: "the server"
                )
                guard let resolved else { continue }
                port = resolved
            }
            let target = plan.target(of: entry) { address(ofURL: $0, entry, section.family) }
            var isNoted = false
            for address in addresses(of: entry, section.family) {
                let server = realServer(entry, address, port, plan, target)
                let endpoint = server.destination(in: service).endpoint
                if let line = places[endpoint] {
                    if !isNoted { noteDuplicate(entry, endpoint, first: line) }
                    isNoted = true
                    continue
                }
                places[endpoint] = entry.place.line.number
                servers.append(server)
            }
        }
        return servers
    }

    private func realServer(
        _ entry: RealEntry,
        _ address: IPAddress,
        _ port: UInt16,
        _ plan: CheckPlan,
        _ target: CheckPlan.Target
    ) -> RealServer {
        var server = RealServer(
            address: address,
            port: port,
            forwarding: entry.forwarding,
            weight: entry.weight
        )
        server.upperThreshold = entry.upperThreshold
        server.lowerThreshold = entry.lowerThreshold
        server.checks = plan.check(of: entry, address, port, target).map { [plan.paced($0)] } ?? []
        server.whenDown = plan.shared.isQuiescent ?? false ? .quiesced : .removed
        server.hostName = entry.lastHost == nil ? entry.host.name : nil
        server.place = FilePlace(line: entry.place.line.number)
        return server
    }

    private mutating func noteDuplicate(_ entry: RealEntry, _ endpoint: Endpoint, first: Int) {
        findings.warning(
            "the server \(endpoint) stands here a second time, and counts once",
            at: entry.place,
            note: "The first is in line \(first). ldirectord keeps both, which fight each other."
        )
    }

    /// The address of the host in a real server's URL.
    private mutating func address(
        ofURL host: HostReference,
        _ entry: RealEntry,
        _ family: AddressFamily
    ) -> IPAddress? {
        let text = host.name ?? ""
        switch names.address(of: host, family) {
        case .found(let address): return address
        case .kept(let address, let reason):
            findings.warning("\(text) keeps its last address \(address)", at: entry.place, note: reason)
            return address
        case .missing(let reason):
            // The check asks again, as ldirectord does, and fails until there is an answer.
            findings.warning(
                "the host \(text) of the request is not known, and the check fails until it is",
                at: entry.place,
                note: reason
            )
            return nil
        }
    }

    /// The addresses that an entry stands for.
    private mutating func addresses(of entry: RealEntry, _ family: AddressFamily) -> [IPAddress] {
        let line = entry.place.line
        let place = Place(line: line, range: entry.hostRange)
        let first = address(
            of: entry.host,
            family,
            at: place,
            refusal: "invalid address (\(place.text)) for real server (could not resolve host)",
            subject: "the server"
        )
        guard let first else { return [] }
        guard let host = entry.lastHost, let range = entry.lastHostRange else { return [first] }
        let lastPlace = Place(line: line, range: range)
        let last = address(
            of: host,
            family,
            at: lastPlace,
            refusal: "invalid address (\(lastPlace.text)) for real server (could not resolve end host)",
            subject: "the range"
        )
        guard let last, case .v4(let lower) = first, case .v4(let upper) = last else { return [] }
        let whole = Place(line: line, range: entry.hostRange.lowerBound..<range.upperBound)
        guard lower <= upper else {
            findings.error(
                "Invalid Range: \(lower)-\(upper): First value must be greater than or equal to the second value",
                at: whole,
                expected: "\(upper)->\(lower)"
            )
            return []
        }
        let count = Int(upper.value - lower.value) + 1
        guard count <= rangeServersLeft else {
            findings.error(
                "a range of \(count) servers",
                at: whole,
                expected: "at most \(Self.mostRangeServers) servers in all ranges of a file"
            )
            return []
        }
        rangeServersLeft -= count
        if String(lower.value).utf8.count != String(upper.value).utf8.count {
            findings.warning(
                "\(count) servers",
                at: whole,
                note: "ldirectord compares the numbers of the addresses letter by letter and loses some or all of them."
            )
        }
        return (lower.value...upper.value).map { .v4(IPv4Address(value: $0)) }
    }
}
