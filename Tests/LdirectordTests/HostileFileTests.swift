import Configuration
import Diagnostics
import Ldirectord
import TestKit
import Testing

/// Files that were damaged, and files that were made to do harm.
struct HostileFileTests {
    private static let samples = [
        "good/web.cf", "good/everything.cf", "good/marks-and-ipv6.cf", "good/new-directives.cf", "good/tolerated.cf",
        "good/traps.cf", "bad/names.cf", "bad/values.cf", "bad/virtuals.cf",
    ].map { (try? SourceTree.bytes(of: "Fixtures/ldirectord/\($0)")) ?? [] }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 7])
    func damagedFilesAreReadOrRefused(seed: UInt64) {
        var random = Damage(seed: seed)
        var outcomes: Set<Bool> = []
        for round in 0..<1500 {
            let bytes = random.damaged(Self.samples)
            let read = reading(bytes, isStrict: round % 5 == 0)
            outcomes.insert(read.configuration == nil)
            let lines = bytes.count { $0 == 0x0a } + 1
            for found in read.diagnostics {
                #expect((1...lines).contains(found.line), "seed \(seed), round \(round)")
                let text = found.description
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" }, "seed \(seed)")
                #expect(text.utf8.count < 4000, "seed \(seed), round \(round)")
            }
            #expect((read.configuration == nil) == read.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            #expect(read.effectiveDirectives?.virtuals.count == read.configuration?.virtualServers.count)
        }
        #expect(outcomes == [true, false], "seed \(seed)")
    }

    @Test(arguments: [
        ("emailalertstatus=", "x,", 300_000, "\n"), ("virtual=1\n\treal=", "a_", 300_000, "\n"),
        ("virtual=1\n\treal=10.0.0.1 gate ", "\"", 300_000, "\n"),
        ("virtual=1\n\treal=10.0.0.1 gate ", "x ", 300_000, "\n"),
        ("virtual=1\n\treal=", "[", 300_000, ""), ("virtual=1\n\treal=10.0.0.1 gate ", "\", ", 300_000, ""),
        ("", "=", 300_000, ""), ("", "#", 300_000, ""), ("", "\r", 300_000, ""), ("", "\n", 300_000, ""),
        ("virtual=1\n", "\n ", 100_000, "real=10.0.0.1 gate"), ("", "virtual=1\n", 2000, ""),
        ("virtual=1\n\treceive=\"", "(a|", 100_000, "\"\n"), ("checktimeout=", "9", 300_000, "\n"),
        ("virtual=1\n\treal=10.0.0.1 gate ", "9", 300_000, "\n"), ("fallback=", "a:", 300_000, "\n"),
        ("virtual6=[", "1:", 300_000, "]:80\n"), ("virtual=1\n\treal=", "1.", 300_000, " gate\n"),
    ])
    func longLinesTakeNoLongTime(start: String, middle: String, count: Int, end: String) {
        let text = start + String(repeating: middle, count: count) + end
        for found in reading(text).diagnostics.prefix(10) { #expect(found.description.utf8.count < 4000) }
    }

    /// Each finding asks for its column, which is far from the beginning.
    @Test(arguments: [
        ("virtual=1\n\treal=10.0.0.1 gate ", "u:1 l:1 ", ""), ("virtual=1\n\treal=10.0.0.1 gate ", "\"a ", "\n"),
        ("emailalert=", "\"(\", ", "\n"), ("emailalertstatus=", "none, all, ", "\n"), ("httpstatus=", "200-299,", "\n"),
    ])
    func findingsOfOneLineTakeTimeInProportion(start: String, middle: String, end: String) {
        #expect(
            growsInProportion { portions in
                _ = reading(start + String(repeating: middle, count: portions * 10_000) + end)
            }
        )
    }

    @Test func findingsOfAFileAreBounded() throws {
        let text =
            (0..<100_000).map { "checktimeoot=\($0)\n" }.joined() + String(repeating: "risecount=2x\n", count: 300)
        let found = reading(text).diagnostics
        #expect(found.count == 2 * DiagnosticList.mostOfSeverity + 2)
        let summary = found.suffix(2).map { "\($0.line) \($0.count) \($0.message)" }
        #expect(
            summary == [
                "201 99800 and 99800 more errors, the first of them here",
                "100201 100 and 100 more warnings, the first of them here",
            ]
        )
        #expect(found.reduce(0) { $0 + $1.count } == 100_300)
    }

    @Test func findingsOfNamesAndOfLinesAreBoundedTogether() {
        let lines = (0..<500).map { "real=unknown\($0):80 gate u:3 l:2" }
        let found = reading(block(lines)).diagnostics
        #expect(found.count == 2 * DiagnosticList.mostOfSeverity + 2)
        #expect(found.count { $0.severity == .error && $0.count == 1 } == DiagnosticList.mostOfSeverity)
    }

    /// A text that quotes the file is as short as any.
    @Test func quotedTextIsBounded() {
        let long = String(repeating: "ü", count: 100_000)
        for text in ["\(long)\n", "virtual=1\n\t\(long)\n", "virtual=\(long)\n", "emailalertstatus=\(long)\n"] {
            for found in reading(text).diagnostics { #expect(found.description.utf8.count < 4000) }
        }
    }

    @Test func patternsThatAreTheSameAreCompiledOnce() {
        let lines = (0..<5000).map { "real=10.0.\($0 / 256).\($0 % 256):80 masq 1 \"x\", \"^(a+)+b.*c{1,50}$\"" }
        #expect(reading(block(lines)).configuration?.virtualServers.first?.realServers.count == 5000)
    }
}

/// Damages texts in ways that are alike for the same seed.
private struct Damage {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private static let pieces: [[UInt8]] = [
        "\"", "#", "=", ",", "->", "::", "[", "]", "\n", "\t", "    ", "\r\n", "virtual=", "virtual6=[::1]:80\n",
        "real=",
        "\n\treal=10.0.0.1->10.0.1.9 gate\n", "checkport=", " l:", " u:", "0", "65536", "99999999999999999999",
        "yes", "none", "\u{feff}", "\u{202e}", "é", "(", "*", "\\", "10.0.0.1", "web1", "-", "_", ".",
    ].map { Array($0.utf8) }

    mutating func damaged(_ samples: [[UInt8]]) -> [UInt8] {
        var bytes = samples[below(samples.count)]
        for _ in 0..<1 + below(6) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(4) {
            case 0: bytes[place] = UInt8(below(256))
            case 1: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(20)))
            default:
                bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(60))], at: below(bytes.count))
            }
        }
        return bytes
    }

    private mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}
