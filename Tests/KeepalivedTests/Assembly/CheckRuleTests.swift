import Configuration
import Keepalived
import Testing

/// What the words of checks make of the model where 2.2.7 was asked.
struct CheckRuleTests {
    private func checks(_ words: String, before: String = "") throws -> [ServerCheck] {
        let text = """
            \(before)
            virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server 10.0.0.2 80 {
            \(words)
            }
            }

            """
        let file = KeepalivedFile(
            reading: Array(text.utf8),
            name: "keepalived.conf",
            context: ReadingContext(hostName: "lb1")
        )
        let loaded = file.loaded(with: ConfigurationAnswers())
        let configuration = try #require(loaded.configuration, "\(loaded.diagnostics)")
        return configuration.virtualServers.flatMap { $0.realServers.flatMap(\.checks) }
    }

    /// The words of a check, and the lengths that a reply may have.
    @Test(arguments: [
        ("require_reply", 0...65_535), ("require_reply\nmin_reply_length 4", 4...65_535),
        ("require_reply\nmax_reply_length 9", 0...9), ("require_reply 01", 0...255),
        ("require_reply 01\nmax_reply_length 300", 0...300),
    ])
    func lengthsOfReplies(words: String, lengths: ClosedRange<Int>) throws {
        let check = try #require(try checks("UDP_CHECK {\n\(words)\n}").first)
        guard case .negotiate(let negotiation) = check.probe.method, case .datagram(_, let rule) = negotiation.dialogue
        else {
            Issue.record("\(check.probe.method)")
            return
        }
        #expect(rule.lengths == lengths)
    }

    /// The weight of a file, that of a check, and the rule that comes of both.
    @Test(arguments: [
        ("", "", WeightRule.share(perUnit: 1)), ("weight 3", "", .share(perUnit: 3)),
        ("weight 3 reverse", "", .share(perUnit: -3)), ("weight 3", "weight -2", .share(perUnit: -2)),
        ("weight 0", "", .gate(opensAtZero: true)), ("weight 0 reverse", "", .gate(opensAtZero: false)),
        ("weight 3", "weight 0", .gate(opensAtZero: true)),
    ])
    func weightsOfFiles(file: String, check: String, rule: WeightRule) throws {
        let checks = try checks(
            "FILE_CHECK {\ntrack_file f\n\(check)\n}",
            before: "track_file f {\nfile /f\n\(file)\n}"
        )
        #expect(checks.map(\.weightRule) == [rule])
    }
}
