import Addresses
import Configuration
import Diagnostics
import IPVS
import Keepalived
import Testing

/// What is told of words that are unknown, out of place, said twice or have the wrong values.
struct WordReadingTests {
    /// `line:column severity` of what is told of a file, and its texts.
    private func told(_ text: String) -> (places: [String], texts: [String]) {
        let told = StandInMachine.load(text).diagnostics
        return (
            told.map { "\($0.line):\($0.column) \($0.severity == .error ? "error" : "warning")" },
            told.map { $0.message + ($0.expected.map { "; expected \($0)" } ?? "") + ($0.note.map { " \($0)" } ?? "") }
        )
    }

    /// A service with lines in its server, which begin in line 6.
    private func server(_ lines: String...) -> String {
        """
        virtual_server 10.0.0.1 80 {
        lb_algo rr
        lb_kind NAT
        protocol TCP
        real_server 10.0.0.2 80 {
        \(lines.joined(separator: "\n"))
        }
        }
        """
    }

    /// A quote that closes in the reading of scripts does not where that reading is not used.
    @Test(arguments: [
        (#"virtualhost "a\" b" x"#, ["6:18 warning", "6:19 error"]),
        (#"weigth "a\" b" x"#, ["6:1 warning", "6:14 error"]),
        (#"notify_up "/bin/true a\\\" b""#, []),
    ])
    func aQuoteIsClosedInTheReadingOfItsWord(line: String, expected: [String]) {
        let (places, texts) = told(server(line))
        #expect(places == expected, "\(texts)")
    }

    /// Places are characters, whatever they are made of, and however far on they stand.
    @Test(arguments: [0, 1, 5000])
    func columnsCountCharacters(length: Int) {
        let text = String(repeating: "ä", count: length)
        let (places, _) = told(server("virtualhost \"\(text)\" more", "weight x"))
        #expect(places == ["6:\(16 + length) warning", "7:8 error"])
    }

    @Test func aMisspeltWordIsToldWithTheNearestOne() {
        let (places, texts) = told(server("weigth 3"))
        #expect(places == ["6:1 warning"])
        #expect(texts.first?.contains("expected weight") == true)
    }

    @Test func aWordOfAnotherBlockIsToldWhereItBelongs() {
        let (places, texts) = told(server("quorum 3"))
        #expect(places == ["6:1 warning"])
        #expect(texts.first?.contains("belongs in virtual_server") == true)
    }

    @Test func anUnknownBlockIsPassedOverAndWhatFollowsIsRead() {
        let (places, texts) = told(server("TPC_CHECK {", "x {", "}", "y 1", "}", "weight -1"))
        #expect(places == ["6:1 error", "11:8 error"])
        #expect(texts.first?.contains("expected TCP_CHECK") == true)
    }

    @Test func aBlockInAnotherNamesTheOneThatIsStillOpen() {
        let (places, texts) = told(server("TCP_CHECK {", "HTTP_GET {", "url {", "path", "}", "}", "}"))
        #expect(places == ["7:1 error", "9:1 error"])
        #expect(texts.first?.contains("the block of TCP_CHECK in line 6 is still open") == true)
    }

    @Test func whatFollowsAMissingBraceBelongsToItsBlock() {
        let (places, texts) = told(server("HTTP_GET", "url {", "path /", "}", "connect_port x", "weight 2"))
        #expect(places == ["6:1 error", "10:14 error"])
        #expect(texts.first == "the opening brace of HTTP_GET is missing; expected {")
    }

    @Test func aWordIsToldThatIsSaidTwice() {
        let (places, texts) = told(server("weight 2", "notify_up /bin/true", "notify_up /bin/false", "weight 3"))
        #expect(places == ["8:1 warning", "9:1 warning"])
        #expect(texts.first?.contains("the first counts") == true)
        #expect(texts.last?.contains("the last counts") == true)
    }

    @Test(arguments: [
        ("weight", "6:1 error"), ("weight x", "6:8 error"), ("weight -1", "6:8 error"),
        ("weight 2147483648", "6:8 error"), ("weight 3 4", "6:10 warning"), ("weight <INT>", "6:8 error"),
        ("weight ...", "6:8 error"), ("retry 0", "6:7 warning"), ("retry -1", "6:7 error"),
        ("delay_loop 0", "6:12 warning"), ("delay_loop 5s", "6:12 error"), ("warmup 0", nil),
        ("warmup -1", "6:8 error"),
        ("delay_loop 18446744073709.551615", "6:12 warning"), ("connect_timeout 4294.967296", "6:17 warning"),
        ("alpha maybe", "6:7 error"), ("alpha", nil), ("alpha off", nil), ("alpha on off", "6:10 warning"),
        ("lvs_method dr", "6:12 error"), ("lvs_method TUN type gue", "6:21 error"),
        ("lvs_method TUN type gue port 6080", nil), ("lvs_method TUN type ipip port 5", "6:31 error"),
        ("lvs_method TUN csum", "6:16 error"), ("lvs_method TUN type gre csum", nil),
        ("lvs_method TUN type gre remcsum", "6:25 error"), ("lvs_method TUN what", "6:16 error"),
        ("lvs_method NAT port 3", "6:16 warning"), ("weight { ", nil),
    ])
    func values(line: String, place: String?) {
        guard line != "weight { " else {
            #expect(told(server("weight 3 {", "}")).places == ["6:10 error"])
            return
        }
        #expect(told(server(line)).places == (place.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("status_code 99", "9:13 error"), ("status_code 200-", "9:13 error"), ("status_code 300-200", "9:13 error"),
        ("status_code 200 600 700", "9:17 error"), ("status_code 100-599 404", nil), ("digest 12", "9:8 error"),
        ("regex (", "9:7 error"), ("regex a b", "9:9 warning"), ("regex_options caseles", "9:15 error"),
        ("regex_no_match", "9:1 warning"), ("regex 'a b", "9:7 error"),
    ])
    func valuesOfPages(line: String, place: String?) {
        let text = server("HTTP_GET {", "url {", "path /", line, "}", "}")
        let (places, texts) = told(text)
        let expected = place.map { [$0] } ?? []
        // Several statuses of one line are told each.
        if line == "status_code 200 600 700" {
            #expect(places == ["9:17 error", "9:21 error"])
        } else {
            #expect(places == expected, "\(texts)")
        }
    }

    @Test(arguments: [
        ("10.0.0.1", ["10.0.0.1:80"]), ("10.0.0.1-3", ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"]),
        ("10.0.0.254-10.0.1.1", ["10.0.0.254:80", "10.0.0.255:80", "10.0.1.0:80", "10.0.1.1:80"]),
        ("10.0.0.4/31", ["10.0.0.4:80", "10.0.0.5:80"]), ("10.0.0.4/32", ["10.0.0.4:80"]),
        ("10.0.0.4-10.0.0.4", ["10.0.0.4:80"]), ("fd00::f-11", ["[fd00::f]:80", "[fd00::10]:80", "[fd00::11]:80"]),
        ("fd00::/127", ["[fd00::]:80", "[fd00::1]:80"]),
    ])
    func entriesOfGroups(entry: String, keys: [String]) throws {
        let family = entry.contains("fd00") ? "fd00::99" : "10.0.0.99"
        let text = """
            virtual_server_group G {
            \(entry) 80
            }
            virtual_server group G {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server \(family) 80 {
            }
            }
            """
        let configuration = try #require(StandInMachine.load(text).configuration)
        let found = configuration.virtualServers.flatMap(\.services).map { service -> String in
            guard case .endpoint(_, let endpoint) = service.key else { return "" }
            return "\(endpoint)"
        }
        #expect(found == keys)
    }

    @Test(arguments: [
        "10.0.0.5-5", "10.0.0.5-4", "10.0.0.5-256", "10.0.0.5-x", "10.0.0.5-", "10.0.0.5/24", "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.5-10.0.0.4", "10.0.0.5-fd00::1", "web", "fwmark", "fwmark 0", "fwmark -1", "fwmark 5 inet5",
        "0.0.0.0/0",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "10.0.0.1:80", "fd00::1-fffff",
    ])
    func entriesOfGroupsThatAreNone(entry: String) {
        let text = """
            virtual_server_group G {
            \(entry)
            10.0.0.1 80
            }
            virtual_server group G {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server 10.0.0.99 80 {
            }
            }
            """
        let loaded = StandInMachine.load(text)
        #expect(loaded.configuration == nil)
        #expect(loaded.diagnostics.first { $0.severity == .error }?.line == 2)
    }
}
