import Differences
import KernelBehaviour
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
}
