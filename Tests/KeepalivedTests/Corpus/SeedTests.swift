import Configuration
import Diagnostics
import Keepalived
import TestKit
import Testing

/// Configurations of public how-tos.
struct SeedTests {
    /// A file, whether it is taken, and the places that are told; a column of 0 stands for any.
    struct Seed: Sendable, CustomStringConvertible {
        let name: String
        let verdict: String
        var places: [(line: Int, column: Int)] = []

        var description: String { name }
    }

    /// Read from `EXPECTED.tsv`, whose reasons name the places in prose.
    static let all: [Seed] = [
        Seed(name: "000a_global_defs", verdict: "warn", places: [(5, 0), (8, 17)]),
        Seed(name: "000b_static", verdict: "refuse", places: [(3, 5), (8, 5)]),
        Seed(name: "000c_vrrp_script", verdict: "accept"),
        Seed(
            name: "000d_sync_group_and_instance",
            verdict: "refuse",
            places: [(5, 0), (17, 0), (23, 0), (50, 0), (51, 0), (52, 0), (53, 0), (54, 0)]
        ),
        Seed(
            name: "000e_virtual_server_template",
            verdict: "refuse",
            places: [
                (1, 16), (1, 19), (2, 16), (3, 13), (4, 13), (5, 25), (6, 29), (9, 17), (12, 12), (13, 16), (14, 15),
                (15, 17), (16, 18), (16, 27), (17, 17), (17, 26), (18, 16), (20, 19), (21, 21), (23, 9),
            ]
        ),
        Seed(name: "000e_virtual_server_in_values", verdict: "warn", places: [(30, 13)]),
        Seed(name: "000e_with_ha_suspend", verdict: "warn", places: [(31, 13)]),
        Seed(name: "000f_haproxy_failover", verdict: "accept"),
        Seed(name: "001a_two_instances_first", verdict: "accept"),
        Seed(name: "001b_two_instances_second", verdict: "accept"),
        Seed(name: "001c_blocks_in_a_script_block", verdict: "refuse", places: [(6, 1)]),
        Seed(name: "001d_layers", verdict: "accept"),
        Seed(
            name: "002a_comments_over_lines",
            verdict: "warn",
            places: [(13, 0), (14, 0), (28, 0), (29, 0), (33, 0), (35, 0), (36, 0), (39, 0)]
        ),
        Seed(name: "003a_haproxy_failover", verdict: "accept"),
        Seed(name: "004a_nat_with_two_instances", verdict: "accept"),
        Seed(name: "004b_haproxy_failover", verdict: "accept"),
        Seed(name: "004c_haproxy_failover", verdict: "accept"),
        Seed(name: "004d_web_hash", verdict: "accept"),
    ]

    @Test func everySeedIsHere() throws {
        let names = try SourceTree.names(in: "Fixtures/keepalived/seeds").filter { $0.hasSuffix(".conf") }
        #expect(names.sorted() == Self.all.map { "\($0.name).conf" }.sorted())
        // The verdicts are those of the list that came with them.
        for line in try SourceTree.text(of: "Fixtures/keepalived/seeds/EXPECTED.tsv").split(separator: "\n").dropFirst()
        {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            #expect(Self.all.first { $0.name == columns[0] }?.verdict == String(columns[4]))
        }
    }

    @Test(arguments: all)
    func whatIsToldIsWhatIsRight(seed: Seed) throws {
        let loaded = StandInMachine.load(
            try SourceTree.bytes(of: "Fixtures/keepalived/seeds/\(seed.name).conf")
        )
        let told = loaded.diagnostics
        let texts = told.map { "\($0.line):\($0.column) \($0.severity) \($0.message)" }
        for place in seed.places {
            #expect(
                told.contains { diagnostic in
                    diagnostic.line == place.line && (place.column == 0 || diagnostic.column == place.column)
                        && (seed.verdict != "refuse" || diagnostic.severity == .error)
                },
                "\(place) of \(texts)"
            )
        }
        switch seed.verdict {
        case "refuse": #expect(loaded.configuration == nil)
        case "warn": #expect(loaded.configuration != nil, "\(texts)")
        default: #expect(loaded.configuration != nil && told.allSatisfy { $0.severity == .warning }, "\(texts)")
        }
    }
}
