import TestKit
import Testing

/// What once brought the fuzzer to a halt, or looks as if it might, ends a dialogue or lets it go on.
struct FuzzDialogueTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/dialogues"))
    func aServerDoesNoHarm(name: String) throws {
        #expect(leadDialogue(try SourceTree.bytes(of: "Fixtures/fuzz/dialogues/\(name)")) == 0)
    }

    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/dialogues"), [UInt64](1...10))
    func aDamagedServerDoesNoHarm(name: String, seed: UInt64) throws {
        let bytes = try SourceTree.bytes(of: "Fixtures/fuzz/dialogues/\(name)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 1..<damaged.count, using: &random)] = .random(in: 0 ... .max, using: &random)
            }
            #expect(leadDialogue(damaged) == 0, "seed \(seed)")
        }
    }

    /// Bytes of chance, with pieces of what servers say among them, in every dialogue.
    @Test(arguments: 0..<dialogueCount)
    func anythingAtAllDoesNoHarm(choice: Int) {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let words: [[UInt8]] =
            [
                "HTTP/1.1 200 OK\r\n", "Content-Length: 3\r\n", "\r\n", "220 x\r\n", "250-STARTTLS\r\n250 x\r\n",
                "331 x\r\n",
                "+OK <1@x>\r\n", "* OK\r\n", "a1 OK\r\n", "SIP/2.0 200 \u{1b}[2J\r\n", "229 (|||1|)\r\n",
                "150 \u{7}\r\n",
            ].map { Array($0.utf8) }
            + [
                "5200000008 00000000", "5a 0000000549", "4e", "53", "0700000200000002000000",
                "300c02010161070a010004000400",
            ].map {
                octets($0)
            }
        for _ in 0..<300 {
            var events = [UInt8(choice)]
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                var piece: [UInt8] = []
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    piece +=
                        Bool.random(using: &random)
                        ? words[Int.random(in: words.indices, using: &random)]
                        : (0..<Int.random(in: 0...20, using: &random)).map { _ in .random(in: 0...255, using: &random) }
                }
                piece = Array(piece.prefix(255))
                events += [UInt8.random(in: 0...9, using: &random) | (random.once(in: 5) ? 0x80 : 0)]
                if events.last.map({ $0 & 0x7f > 1 }) == true { events += [UInt8(piece.count)] + piece }
            }
            #expect(leadDialogue(events) == 0, "seed \(seed)")
        }
        print("dialogue \(choice): seed \(seed)")
    }
}
