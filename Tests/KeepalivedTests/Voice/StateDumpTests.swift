import Configuration
import TestKit
import Testing

/// What USR1 writes is what keepalived 2.2.7 wrote of the same file, but for values of a moment.
struct StateDumpTests {
    /// The recorded configurations that have a recorded dump, but for two that something else comes of on purpose: equal
    /// services are united, and a host of SMTP_CHECK without a timeout has that of its check.
    static let names: [String] =
        (try? TestKit.SourceTree.names(in: "Fixtures/keepalived/corpus"))?.filter { $0.hasSuffix(".data") }
        .map { String($0.dropLast(5)) }.filter { !["v34_smtp_check", "v45_duplicates"].contains($0) } ?? []

    /// Lines whose value is that of a moment, or of a process.
    private static let passing = [
        "alive", "quorum_state_up", "RS set", "num failed checkers", "previous effective_weight", "reloaded", "Up",
        "Has run",
        "Enabled", "Current weight", "Last ran", "Last status", "Status", "Alive", "VS alive",
    ]

    /// A line, without a value that is that of a moment.
    private static func masked(_ line: Substring) -> String {
        let name = line.drop { $0 == " " }.prefix { $0 != "=" && $0 != ":" }.trimmingSuffix { $0 == " " }
        if passing.contains(String(name)) { return line.prefix { $0 == " " } + "\(name) *" }
        // A weight with what files make of it.
        if let weight = line.range(of: "WEIGHT = ") { return line[..<weight.upperBound] + "*" }
        // keepalived names all options where one is set, and loses a word of one way of forwarding.
        if name == "Regex options", line.count > 20 { return "     Regex options: *" }
        if line.hasPrefix("   forwarding method = TUN, type = GUE") { return "   default\(line.dropFirst(2))" }
        if name == "effective weight" { return line.prefix { $0 == " " } + "\(name) *" }
        return String(line)
    }

    @Test(arguments: names)
    func theDumpIsTheRecordedOne(name: String) throws {
        let recording = try Recording(of: name, in: "corpus")
        guard recording.verdict != "refuse" else { return }
        let loaded = StandInMachine.load(
            try TestKit.SourceTree.bytes(of: "Fixtures/keepalived/corpus/\(name).conf"),
            name: "/mnt/k/keepalived.conf",
            options: recording.options ?? [],
            beside: "Fixtures/keepalived/corpus/\(name).d"
        )
        let writer = try #require(loaded.stateWriter)
        let configuration = try #require(loaded.configuration)
        let states = configuration.virtualServers.map { virtual in
            PoolState(
                hasQuorum: true,
                servers: virtual.realServers.map { server in
                    ServerState(
                        isUp: true,
                        weight: server.weight,
                        isInTable: true,
                        checks: server.checks.map { _ in CheckState(isUp: nil, hasRun: false) }
                    )
                }
            )
        }
        let file = try #require(writer.files(of: states).first { $0.name == "keepalived_check" })
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        // The recordings begin behind what is set for all.
        let start = lines.firstIndex { $0.hasPrefix("------< ") && !$0.contains("Global") } ?? lines.endIndex
        let ours = lines[start...].map(Self.masked).filter { !$0.isEmpty }
        let recorded = try TestKit.SourceTree.text(of: "Fixtures/keepalived/corpus/\(name).data")
            .split(separator: "\n").map(Self.masked)
        for (index, pair) in zip(recorded, ours).enumerated() where pair.0 != pair.1 {
            Issue.record("line \(index + 1): \(pair.0) | \(pair.1)")
            return
        }
        #expect(recorded.count == ours.count)
    }

    /// Services that one line makes several of, and one that is said again, have the words of their own blocks.
    @Test func servicesOfOneLineAreToldApart() throws {
        let loaded = StandInMachine.load(
            """
            $S=virtual_server 10.0.0.${N} 80 { \\
            lb_algo rr \\
            lb_kind NAT \\
            protocol TCP \\
            snmp_name service${N} \\
            real_server 10.0.1.${N} 80 { \\
            virtualhost host${N} \\
            } \\
            }
            ~LST(N, 1, 1, 2) $S

            """
        )
        let virtuals = try #require(loaded.configuration?.virtualServers, "\(loaded.diagnostics)")
        #expect(virtuals.map(\.label) == ["[10.0.0.1]:tcp:80", "[10.0.0.2]:tcp:80"])
        let states = virtuals.map { virtual in
            PoolState(
                hasQuorum: true,
                servers: virtual.realServers.map { _ in ServerState(isUp: true, weight: 1, isInTable: true, checks: [])
                }
            )
        }
        let text = try #require(loaded.stateWriter?.files(of: states).last?.text)
        let names = text.split(separator: "\n").filter { $0.contains("SNMP name") || $0.contains("VirtualHost") }
        #expect(
            names.map(String.init) == [
                "   SNMP name = 'service1'", "    VirtualHost = 'host1'", "   SNMP name = 'service2'",
                "    VirtualHost = 'host2'",
            ]
        )
    }

    @Test func whatIsSetForAllIsTheRecordedOne() throws {
        let loaded = StandInMachine.load(
            try TestKit.SourceTree.bytes(of: "Fixtures/keepalived/dumps/globals.conf"),
            name: "/mnt/k/keepalived.conf"
        )
        let file = try #require(loaded.stateWriter?.files(of: []).first { $0.name == "keepalived_parent" })
        let recorded = try TestKit.SourceTree.text(of: "Fixtures/keepalived/dumps/globals.data")
        // keepalived calls both timeouts TCP, and writes blanks for processors.
        let right = recorded.replacing(" LVS TCP timeout = 200", with: " LVS UDP timeout = 200")
            .split(separator: "\n").filter { !$0.contains("CPU Affinity") && !$0.contains("current realtime") }
        #expect(file.text.split(separator: "\n") == right)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ isBlank: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
