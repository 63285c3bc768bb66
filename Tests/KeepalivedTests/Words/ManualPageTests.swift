import Configuration
import Diagnostics
import TestKit
import Testing

@testable import Keepalived

/// `keepalived.conf(5)` has every word, its range, and an example of it that can be read.
struct ManualPageTests {
    /// A section of the page: its items, each with its head, and its examples.
    private struct Section {
        var items: [String] = []
        var examples: [String] = []
    }

    /// The section that has the words of a scope, and an example of such words as a whole file.
    private static let places: [Scope: (section: String, file: @Sendable (String) -> String)] = {
        let service: @Sendable (String) -> String = {
            "virtual_server 192.0.2.10 80 {\n\($0)\nreal_server 192.0.2.11 80 {\n}\n}\n"
        }
        let server: @Sendable (String) -> String = {
            "track_file load {\nfile /run/load\n}\nvirtual_server 192.0.2.10 80 {\nprotocol TCP\n"
                + "real_server 192.0.2.11 80 {\n\($0)\n}\n}\n"
        }
        let file: (String, @Sendable (String) -> String) = ("OUTSIDE OF BLOCKS", { $0 + "\n" })
        let check = ("CHECKS", server)
        let others = "vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.100\n}\n"
        let trackers =
            "vrrp_script check {\nscript /usr/bin/true\n}\ntrack_file load {\nfile /run/load\n}\n"
            + "vrrp_track_process proxy {\nprocess haproxy\n}\n"
            + "virtual_server 192.0.2.10 80 {\nprotocol TCP\nreal_server 192.0.2.11 80 {\n}\n}\n"
        let instance: @Sendable (String) -> String = {
            trackers + "vrrp_instance VI_9 {\nvirtual_router_id 9\ninterface eth9\n\($0)\n"
                + ($0.contains("virtual_ipaddress {") ? "" : "virtual_ipaddress {\n192.0.2.109\n}\n") + "}\n"
        }
        let group: @Sendable (String) -> String = {
            trackers + others + "}\nvrrp_sync_group G {\ngroup {\nVI_1\n}\n\($0)\n}\n"
        }
        let outermost: @Sendable (String) -> String = { others + "}\n\($0)\n" }
        let router = ("VIRTUAL ROUTERS", instance)
        let links = ("ADDRESSES, ROUTES AND RULES", outermost)
        let tracked: (String, @Sendable (String) -> String) = ("TRACKED THINGS", { $0 + "\n" })
        return [
            .file: file, .tls: file, .trackFile: file,
            .globals: ("GLOBAL_DEFS", { "global_defs {\n\($0)\n}\n" }),
            .service: ("VIRTUAL SERVERS", service), .server: ("REAL SERVERS", server),
            .tcpCheck: check, .httpCheck: check, .tlsCheck: check, .url: check, .smtpCheck: check, .smtpHost: check,
            .dnsCheck: check, .miscCheck: check, .udpCheck: check, .pingCheck: check, .fileCheck: check,
            .sessionCheck: check,
            .vrrpInstance: router, .authentication: router, .authHMAC: router, .peers: router,
            .vrrpSyncGroup: ("GROUPS OF VIRTUAL ROUTERS", group), .members: ("GROUPS OF VIRTUAL ROUTERS", group),
            .vrrpScript: tracked, .vrrpTrackProcess: tracked, .bfdInstance: tracked,
            .trackGroup: links, .garpGroup: links, .staticAddresses: links, .routes: links, .rules: links,
            .interfaceDelays: links,
        ]
    }()

    private static let sections: [String: Section] = {
        var sections: [String: Section] = [:]
        var name = ""
        var literal: [String]?
        for raw in ((try? SourceTree.text(of: "man/keepalived.conf.5")) ?? "").split(separator: "\n") {
            let line = String(raw).replacing("\\(dq", with: "\"").replacing("\\-", with: "-").replacing("\\&", with: "")
                .replacing("\\e", with: "\\")
            if line.hasPrefix(".Sh ") {
                name = String(line.dropFirst(4))
            } else if line.hasPrefix(".Bd -literal") {
                literal = []
            } else if line == ".Ed" {
                sections[name, default: Section()].examples.append((literal ?? []).joined(separator: "\n"))
                literal = nil
            } else if literal != nil {
                literal?.append(line)
            } else if line.hasPrefix(".Dl ") {
                sections[name, default: Section()].examples.append(String(line.dropFirst(4)))
            } else if line.hasPrefix(".It ") {
                sections[name, default: Section()].items.append(line)
            } else if let last = sections[name]?.items.indices.last {
                sections[name]?.items[last] += "\n" + line
            }
        }
        return sections
    }()

    /// The scopes whose words have examples; a check that is refused has none.
    private static let scopes = WordTable.all.map(\.scope).filter { places[$0] != nil && $0 != .sessionCheck }

    private func words(of text: String) -> Set<String> {
        Set(text.split { " \n,|(){}".contains($0) }.map(String.init))
    }

    /// The words of a scope that do something, or are taken.
    private func rules(of scope: Scope) -> [WordRule] {
        (WordTable.all.first { $0.scope == scope }?.words ?? []).filter { $0.standing == .current }
    }

    @Test func everyScopeHasItsSection() {
        for (scope, _) in WordTable.all { #expect(Self.places[scope] != nil, "\(scope)") }
    }

    @Test(arguments: scopes)
    func everyWordHasItsItemRangeAndExample(scope: Scope) throws {
        let place = try #require(Self.places[scope])
        for rule in rules(of: scope) {
            // A block may be described where its words are.
            let names = Set([place.section, rule.block.flatMap { Self.places[$0]?.section } ?? place.section])
            let sections = names.compactMap { Self.sections[$0] }
            let shown = words(of: sections.flatMap(\.examples).joined(separator: "\n"))
            let items = sections.flatMap(\.items).filter { words(of: $0).contains(rule.name) }
            #expect(!items.isEmpty, "\(rule.name) has no item in \(place.section)")
            #expect(
                shown.contains(rule.name) || rule.block == .sessionCheck || rule.block == .trackBFD,
                "\(rule.name) has no example"
            )
            if let range = rule.values.range {
                let text = "\(range.lowerBound) to \(range.upperBound)"
                #expect(items.contains { $0.contains(text) }, "\(rule.name) is \(text)")
            }
        }
    }

    @Test(arguments: [
        "OUTSIDE OF BLOCKS", "GLOBAL_DEFS", "GROUPS", "VIRTUAL SERVERS", "REAL SERVERS", "CHECKS",
        "VIRTUAL ROUTERS", "GROUPS OF VIRTUAL ROUTERS", "TRACKED THINGS", "ADDRESSES, ROUTES AND RULES", "EXAMPLES",
    ])
    func everyExampleCanBeRead(name: String) throws {
        let section = try #require(Self.sections[name])
        let file = Self.places.values.first { $0.section == name }?.file ?? { $0 + "\n" }
        #expect(!section.examples.isEmpty)
        for example in section.examples {
            let told = StandInMachine.load(file(example)).diagnostics
            #expect(!told.contains { $0.severity == .error }, "\(example)\n\(told.map(\.description))")
            #expect(!told.contains { $0.message.contains("not known") || $0.message.contains("belongs") }, "\(example)")
        }
    }
}

extension ValueRule {
    /// The numbers that it takes; nil for other values.
    fileprivate var range: ClosedRange<Int64>? {
        switch self {
        case .number(let range, _), .weight(let range): range
        case .optional(let inner), .lenient(let inner), .several(let inner): inner.range
        default: nil
        }
    }
}
