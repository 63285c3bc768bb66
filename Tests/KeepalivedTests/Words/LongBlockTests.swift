import Configuration
import Diagnostics
import TestKit
import Testing

/// Blocks with so many of the same words that looking through all of them for each would never end.
struct LongBlockTests {
    /// A virtual server with one real server, which has that in its block.
    private func service(_ words: String) -> String {
        """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            protocol TCP
            real_server 10.0.0.2 80 {
        \(words)
            }
        }

        """
    }

    private func checkCount(_ words: String) -> Int? {
        StandInMachine.load(service(words)).configuration?.virtualServers.first?.realServers.first?.checks.count
    }

    @Test func manyPagesOfACheck() {
        var counts: [Int?] = []
        let isInProportion = growsInProportion { portions in
            let pages = String(repeating: "url {\npath /\n}\n", count: 250 * portions)
            counts.append(checkCount("HTTP_GET {\n\(pages)connect_timeout 3\n}"))
        }
        #expect(isInProportion && counts == [250, 2000])
    }

    @Test func manyHostsOfACheck() {
        var counts: [Int?] = []
        let isInProportion = growsInProportion { portions in
            let hosts = String(repeating: "host {\nconnect_port 25\n}\n", count: 250 * portions)
            counts.append(checkCount("SMTP_CHECK {\n\(hosts)}"))
        }
        #expect(isInProportion && counts == [251, 2001])
    }

    @Test func manyChecksOfFilesThatAreNotThere() {
        var isRefused: [Bool] = []
        let isInProportion = growsInProportion { portions in
            let count = 250 * portions
            let files = (0..<count).map { "track_file f\($0) {\nfile /tmp/f\n}\n" }.joined()
            let checks = (0..<count).map { "FILE_CHECK {\ntrack_file g\($0)\n}\n" }.joined()
            isRefused.append(StandInMachine.load(files + service(checks)).configuration == nil)
        }
        #expect(isInProportion && isRefused == [true, true])
    }

    /// The first of a word is known by its line, wherever it stands among others, and though it came to nothing.
    @Test func theFirstOfAWordThatIsSaidTwice() {
        let servers = (1...3).map { "real_server 10.0.0.\($0) 80 {\n}\n" }.joined()
        let loaded = StandInMachine.load(
            "virtual_server 10.0.0.9 80 {\nlb_algo rr\nprotocol TCP\nquorum x\n\(servers)quorum 1\nquorum 2\n}\n"
        )
        let notes = loaded.diagnostics.filter { $0.message.hasPrefix("quorum is said twice") }
            .map { "\($0.line): \($0.note ?? "")" }
        #expect(notes == ["11: The first is in line 4.", "12: The first is in line 4."])
    }
}
