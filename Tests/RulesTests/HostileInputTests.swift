import Diagnostics
import Rules
import Testing

struct HostileInputTests {
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 7])
    func nothingTrapsTheParser(seed: UInt64) {
        var random = HostileGenerator(seed: seed)
        var outcomes: Set<Bool> = []
        for _ in 0..<20000 {
            let bytes = random.line()
            let script = RestoreScript(RestoreInput(bytes, name: "seed \(seed)"), names: NamesOfTests())
            for step in script {
                switch step.command {
                case .success(.change(let change)):
                    outcomes.insert(true)
                    #expect(!RuleWriter().text(of: change).isEmpty)
                case .success: continue
                case .failure(let mistake):
                    outcomes.insert(false)
                    let diagnostic = script.diagnostic(step.line, mistake)
                    let lines = diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false)
                    #expect(lines.count == 3, "seed \(seed)")
                    #expect(diagnostic.description.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
                }
            }
        }
        #expect(outcomes == [true, false], "seed \(seed)")
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 7])
    func nothingTrapsTheCommandLine(seed: UInt64) {
        var random = HostileGenerator(seed: seed)
        let parser = CommandParser(names: NamesOfTests())
        for _ in 0..<20000 {
            let words = random.line().split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard let error = usageError(parser, words) else { continue }
            #expect(error.status == 2 || error.status == 255)
            #expect(words.indices.contains(error.word ?? words.count), "seed \(seed): \(words)")
        }
    }

    @Test(arguments: [
        "[", "]", "[]", "[]:", ":", "::", "[:]:", "-", "--", "---", "--=", "-=", "0x", "0", ".", "...", "1.", "%",
        "99999999999999999999999999", "-99999999999999999999999999", "+", ",", ",,", "é", "\u{301}", "=\u{301}",
    ])
    func oddValuesAreRefusedOrTaken(value: String) {
        let parser = CommandParser(names: NamesOfTests())
        for option in [
            "-t", "-u", "-f", "-M", "-p", "-s", "-b", "-r", "-w", "-x", "-y", "--pe", "--syncid", "--mcast-group",
            "--mcast-port", "--mcast-ttl", "--sync-maxlen", "--tun-type", "--tun-port", "--start-daemon",
            "--stop-daemon", "--set", "--netns",
        ] {
            for words in [
                ["-A", option, value], [option, value], ["-A", option + value], ["-A", option + "=" + value],
                ["-A", "-t", "[::1]:80", option, value],
            ] {
                let error = usageError(parser, words)
                #expect(error.map { $0.status == 2 || $0.status == 255 } ?? true)
            }
        }
    }

    private func usageError(_ parser: CommandParser, _ words: [String]) -> UsageError? {
        do {
            _ = try parser.parse(words)
            return nil
        } catch {
            return error
        }
    }
}

/// Makes lines that are nearly rules, and bytes that are not.
private struct HostileGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private static let pieces = [
        "-A", "-E", "-a", "-e", "-d", "-D", "-t", "-u", "-f", "-6", "-r", "-m", "-i", "-g", "-w", "-p", "-s", "-M",
        "-b",
        "-o", "--pe", "--set", "--start-daemon", "--tun-type", "--tun-port=", "gre", "gue", "1", "0", "-1", "65536",
        "10.0.0.1:80", "[::1]:80", "10.0.0.2", "sh", "sh-port,flag-3", "255.255.0.0", "master", "--", "-", "#",
        "ipvsadm",
        "-L", "-Z", "-C", "-R", "--json", "\u{202e}", "é", "=", ":", "[", "]", "localhost:http", "--mcast-group",
        "ff02::1",
    ]

    mutating func line() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<below(9) {
            bytes += Array(Self.pieces[below(Self.pieces.count)].utf8)
            if below(8) > 0 { bytes.append(0x20) }
        }
        for _ in 0..<max(0, below(7) - 3) where !bytes.isEmpty {
            bytes[below(bytes.count)] = UInt8(below(256))
        }
        return bytes
    }

    private mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}
