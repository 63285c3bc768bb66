import Addresses
import Configuration
import Diagnostics
import Director
import IPVS
import Keepalived
import Rules
import TestKit
import Testing

/// Recorded configurations: what is told of them, and what comes of them.
struct CorpusTests {
    /// A configuration, and where it lies.
    struct Name: Hashable, CustomStringConvertible, Sendable {
        let folder: String
        let name: String

        var description: String { name }
    }

    static let all: [Name] = ["corpus", "newer", "seeds"].flatMap { folder in
        ((try? Recording.names(in: folder)) ?? []).map { Name(folder: folder, name: $0) }
    }

    /// Findings whose recorded column is another one than that of the word, with the right one.
    private static let columns: [String: [Int: Int]] = [
        // The word is the port, whose digit stands in the address too.
        "v20_protocols_and_ports": [34: 26]
    ]

    private func loaded(_ name: Name, _ recording: Recording) throws -> LoadedConfiguration {
        StandInMachine.load(
            try SourceTree.bytes(of: "Fixtures/keepalived/\(name.folder)/\(name.name).conf"),
            options: recording.options ?? [],
            beside: "Fixtures/keepalived/\(name.folder)/\(name.name).d"
        )
    }

    @Test func thereIsACorpus() {
        #expect(Self.all.count >= 59)
    }

    @Test(arguments: all)
    func whatIsToldIsWhatIsRight(name: Name) throws {
        let recording = try Recording(of: name.name, in: name.folder)
        let diagnostics = try loaded(name, recording).diagnostics
        for finding in recording.findings ?? [] where finding.severity != "may" {
            let column = Self.columns[name.name]?[finding.line] ?? finding.column
            let severity: Diagnostic.Severity = finding.severity == "refuse" ? .error : .warning
            #expect(
                diagnostics.contains { $0.line == finding.line && $0.column == column && $0.severity == severity },
                "\(finding) of \(diagnostics.map { "\($0.line):\($0.column) \($0.message)" })"
            )
        }
        let told = diagnostics
        switch recording.verdict {
        case "refuse": #expect(told.contains { $0.severity == .error })
        case "warn": #expect(!told.contains { $0.severity == .error } && !told.isEmpty, "\(told)")
        default:
            let lines = Set((recording.findings ?? []).map(\.line))
            #expect(told.allSatisfy { $0.severity == .warning && lines.contains($0.line) }, "\(told)")
        }
    }

    @Test(arguments: all)
    func theTableIsTheRecordedOne(name: Name) throws {
        let recording = try Recording(of: name.name, in: name.folder)
        guard recording.verdict != "refuse" else { return }
        let configuration = try #require(try loaded(name, recording).configuration)
        var text: [UInt8] = []
        RuleWriter().write(withoutThresholds(configuration.healthyTable), to: &text)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(Set(lines) == Set(recording.table.map { plain($0, recording) }))
        #expect(lines.count == recording.table.count)

        var thresholds: Set<Recording.Threshold> = []
        for entry in configuration.healthyTable.entries {
            guard case .endpoint(let transport, let endpoint) = entry.service.key else { continue }
            for server in entry.destinations where server.upperThreshold != 0 || server.lowerThreshold != 0 {
                thresholds.insert(
                    Recording.Threshold(
                        service: "\((transport.name ?? "").uppercased()) \(endpoint)",
                        server: "\(server.endpoint)",
                        upper: server.upperThreshold,
                        lower: server.lowerThreshold
                    )
                )
            }
        }
        #expect(thresholds == Set(recording.thresholds ?? []))
        if let timeouts = recording.timeouts {
            #expect(
                configuration.settings.timeouts == Timeouts(tcp: timeouts[0], tcpFin: timeouts[1], udp: timeouts[2])
            )
        }
    }

    /// What `ipvsadm -S` prints of a table.
    private func withoutThresholds(_ table: Table) -> Table {
        Table(
            table.entries.map { entry in
                var destinations = Array(entry.destinations)
                for index in destinations.indices {
                    (destinations[index].upperThreshold, destinations[index].lowerThreshold) = (0, 0)
                }
                return Table.Entry(service: entry.service, destinations: destinations)
            }
        )
    }

    /// A line with marks as the numbers that they are, and servers without what a file took from their weight.
    private func plain(_ line: String, _ recording: Recording) -> String {
        var words = line.split(separator: " ").map(String.init)
        if let index = words.firstIndex(of: "-f"), let mark = Int32(words[index + 1]), mark < 0 {
            words[index + 1] = "\(UInt32(bitPattern: mark))"
        }
        if let index = words.firstIndex(of: "-r"), let weight = words.firstIndex(of: "-w") {
            let server = (recording.services ?? []).flatMap(\.servers).first {
                $0.checks.contains { $0.weight_share != nil } && words[index + 1].hasPrefix("\($0.address):")
            }
            if let server { words[weight + 1] = "\(server.weight)" }
        }
        return words.joined(separator: " ")
    }

    @Test(arguments: all)
    func theChecksAreTheRecordedOnes(name: Name) throws {
        let recording = try Recording(of: name.name, in: name.folder)
        guard recording.verdict != "refuse" else { return }
        let configuration = try #require(try loaded(name, recording).configuration)
        var recorded: [String: [String]] = [:]
        var found: [String: [String]] = [:]
        for service in recording.services ?? [] {
            for server in service.servers {
                let facts = server.checks.flatMap { CheckFacts.all(of: $0, server, service, recording) }.map(
                    \.description
                )
                recorded["\(service.service) \(server.address)", default: []] += facts
            }
        }
        for pool in configuration.virtualServers {
            for server in pool.realServers {
                found["\(pool.label ?? "") \(server.address)", default: []] += server.checks.map {
                    CheckFacts($0).description
                }
            }
        }
        for (server, checks) in recorded {
            let ours = found[server] ?? []
            for (left, right) in zip(checks, ours) where left != right {
                // A host of an SMTP_CHECK that says no timeout has that of its check, where keepalived has none at all.
                let isTimeout = left.contains(" timeout=0 ") && name.name == "v34_smtp_check"
                #expect(isTimeout, "\(server)\n\(left)\n\(right)")
            }
            #expect(checks.count == ours.count, "\(server) \(checks) \(ours)")
        }
    }

    @Test(arguments: all)
    func servicesAndServersAreTheRecordedOnes(name: Name) throws {
        let recording = try Recording(of: name.name, in: name.folder)
        guard recording.verdict != "refuse" else { return }
        let configuration = try #require(try loaded(name, recording).configuration)
        for pool in configuration.virtualServers where recording.services != nil {
            let service = try #require(
                recording.services?.first { $0.service == pool.label },
                "\(pool.label ?? "") is not recorded"
            )
            #expect(pool.tellsStop == service.omega)
            #expect(pool.quorum == Quorum(weight: service.quorum, hysteresis: service.hysteresis), "\(service.service)")
            #expect(pool.isQuorumMailed == service.smtp_alert)
            #expect(pool.neededAddresses.isEmpty == !(service.ha_suspend ?? false))
            #expect(pool.standby?.staysWithoutWeight == service.sorry?.inhibit)
            expect(pool.notices, up: service.quorum_up, down: service.quorum_down)
            for (server, recorded) in zip(pool.realServers, service.servers) {
                #expect("\(server.address)" == recorded.address)
                #expect(server.weight == recorded.weight)
                #expect((server.whenDown == .quiesced) == recorded.inhibit)
                #expect(server.isMailed == recorded.smtp_alert)
                expect(server.notices, up: recorded.notify_up, down: recorded.notify_down)
            }
        }
    }

    private func expect(_ notices: StateNotices, up: Recording.Script?, down: Recording.Script?) {
        #expect(words(notices.up) == up?.command)
        #expect(words(notices.down) == down?.command)
    }

    private func words(_ notice: NoticeProgram?) -> String? {
        guard case .words(let words)? = notice?.command else { return nil }
        return words.map { "'\($0)'" }.joined(separator: " ")
    }
}
