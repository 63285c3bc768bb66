import TestKit
import Testing

/// What ldirectord's voice says of a history is `Fixtures/voices/ldirectord.txt`, to the byte.
struct VoiceTests {
    @Test func everyWordIsAsItWas() throws {
        let expected = try SourceTree.text(of: "Fixtures/voices/ldirectord.txt")
        let told = VoiceHistory.told()
        let difference = zip(told.split(separator: "\n"), expected.split(separator: "\n")).enumerated()
            .first { $0.element.0 != $0.element.1 }
        #expect(told == expected, "the first different line is \(String(describing: difference))")
    }
}
