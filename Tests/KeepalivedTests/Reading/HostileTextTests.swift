import Configuration
import Diagnostics
import Keepalived
import TestKit
import Testing

/// What once brought the fuzzer to a halt, files that were damaged, and files that were made to do harm.
struct HostileTextTests {
    private static let names = (try? TestKit.SourceTree.names(in: "Fixtures/fuzz/keepalived")) ?? []
    private static let samples = names.map {
        (try? TestKit.SourceTree.bytes(of: "Fixtures/fuzz/keepalived/\($0)")) ?? []
    }

    @Test(arguments: names)
    func aFileDoesNoHarm(name: String) throws {
        #expect(readAsKeepalived(try TestKit.SourceTree.bytes(of: "Fixtures/fuzz/keepalived/\(name)")) == 0)
    }

    @Test func thereAreFiles() { #expect(Self.names.count >= 8) }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 7])
    func damagedFilesAreReadOrRefused(seed: UInt64) {
        var damage = Damage(seed: seed)
        var bounds = ReadingBounds()
        (bounds.mostReplacements, bounds.mostLines, bounds.mostBytes) = (500, 500, 10_000)
        for round in 0..<300 {
            let bytes = damage.damaged(Self.samples)
            #expect(readAsKeepalived(bytes) == 0)
            for found in tree(of: bytes, bounds: bounds).findings.inOrder.prefix(20) {
                let text = found.description
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" }, "seed \(seed), \(round)")
                #expect(text.utf8.count < 6000, "seed \(seed), round \(round)")
            }
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 3])
    func anyBytesAreRead(seed: UInt64) {
        var damage = Damage(seed: seed)
        for _ in 0..<200 { #expect(readAsKeepalived(damage.noise()) == 0, "seed \(seed)") }
    }

    /// Eight times the bytes take no more than some eight times the time; the square of that would be 64.
    @Test(arguments: [
        ("", "{", ""), ("", "}", ""), ("", "{ }", ""), ("", "a { b 1 } ", ""), ("a ", "\"", ""), ("a ", "b ", ""),
        ("", "$", ""), ("", "${", ""), ("$A=\nx ", "$A ", ""), ("$A=1\nx ", "a${A}", ""), ("", "$A=1 \\\n", ""),
        ("$A=1\nx ", "${A} ", "$NOPE"), ("x ", "$NOPE ", ""), ("x ", "${NOPE} ", ""),
        ("", "@", ""), ("", "\\#", ""), ("", "a\\#b ", ""), ("", "~SEQ(", ""), ("", "~SEQ(N, 1) ", "a"),
        ("~LST(N, ", "a, ", "b) x $N"), ("~LST(N, ", "{", "b) x $N"), ("include ", "{", ""), ("include ", "{a", ""),
        ("include ", "{a,b}", ""), ("", "include a\n", ""), ("", "a {\n", ""), ("", "a\n{\n}\n", ""),
        ("", "! \\\n", ""), ("a \"", "\\\"", "\""), ("a ", "'\\x", ""), ("", "\0", ""), ("", "\r", ""),
        ("$A=x \\\ny\n", "$A\n", ""), ("$A=x { b \\\n}\n", "$A\n", ""), ("$A=$A\n", "$A\n", ""),
    ])
    func textsTakeTimeInProportion(start: String, middle: String, end: String) {
        #expect(
            growsInProportion { portions in
                let tree = tree(of: start + String(repeating: middle, count: 250 * portions) + end)
                for statement in tree.statements.prefix(10) { _ = statement.rest.scriptWords }
            }
        )
    }

    /// What a machine leaves that lost its power while the file was written.
    @Test(arguments: ["\0\0\0\0", "a 1\n\0\0\n", "\0a 1\n", "  \0 \n", "a \0\n"])
    func aByteOfNoTextIsToldWhereverItStands(text: String) {
        let found = tree(of: text).findings
        #expect(found.hasErrors && found.inOrder.first?.message == "a byte 0, which no text has")
    }

    @Test func statementsAreBounded() {
        var bounds = ReadingBounds()
        bounds.mostStatements = 1000
        #expect(!tree(of: String(repeating: "a\n", count: 1000), bounds: bounds).findings.hasErrors)
        let found = tree(of: String(repeating: "a { b }\n", count: 501), bounds: bounds).findings.inOrder
        #expect(found.map(\.message) == ["more than 1000 words with values"])
        #expect(found.first?.line == 501)
    }

    @Test func findingsAreBounded() {
        let tree = tree(of: (0..<10_000).map { "x ${NOPE\($0)}\n" }.joined())
        #expect(tree.findings.inOrder.count == DiagnosticList.mostOfSeverity + 1)
    }
}

/// Damages texts in ways that are alike for the same seed.
private struct Damage {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let pieces: [[UInt8]] = [
        "\"", "'", "#", "!", "\\", "\\\n", "{", "}", "\n", "\t", "\r\n", "$", "${", "$A", "$A=", "${A}", "@lb1 ", "@^",
        "~SEQ(N, 1, 3) ", "~SEQx(", "~LST({A,B}, {1,2}) ", "include a\n", "includea {a,b}", "_HASH", "$_PWD ",
        "global_defs {\n", "include_check +read\n", "\u{feff}", "\u{202e}", "é", "\u{1c}", "\0", "0x", ",", ")",
        "\u{b}",
    ].map { Array($0.utf8) }

    mutating func damaged(_ samples: [[UInt8]]) -> [UInt8] {
        var bytes = samples[below(samples.count)]
        for _ in 0..<1 + below(6) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(5) {
            case 0: bytes[place] = UInt8(below(256))
            case 1, 2: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(20)))
            default:
                bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(60))], at: below(bytes.count))
            }
        }
        return bytes
    }

    /// Pieces of the language and bytes, one after the other.
    mutating func noise() -> [UInt8] {
        (0..<below(80)).flatMap { _ in
            below(3) == 0 ? [UInt8(below(256))] : Self.pieces[below(Self.pieces.count)] + [0x20]
        }
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &random) }
}
