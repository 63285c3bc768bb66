import TestKit
import Testing

@testable import Dialogues

/// Answers that begin with a number, read without a dialogue.
struct TextNumberedReplyTests {
    /// A reader that copied its lines for each further one would move thousands of millions of them here.
    @Test func manyShortLinesCostLittle() throws {
        let isCheap = try growsInProportion { portions in
            let count = portions * 8_000
            let bytes =
                Array("220-\n".utf8) + Array(repeating: UInt8(ascii: "\n"), count: count) + Array("220 \n".utf8)
            var reader = NumberedReplyReader(.firstAndLast)
            var position = 0
            let reply = try reader.next(in: bytes.span.bytes, at: &position)
            #expect(reply?.code == 220)
            #expect(reply?.lines.count == count + 2)
            #expect(position == bytes.count)
        }
        #expect(isCheap)
    }

    @Test func aLineWithAnotherNumberEndsNoAnswer() throws {
        var reader = NumberedReplyReader(.firstAndLast)
        var position = 0
        let bytes = Array("211-a\n212 b\n211-c\n211 d\n220 e\n".utf8)
        let first = try reader.next(in: bytes.span.bytes, at: &position)
        #expect(first == NumberedReply(code: 211, lines: ["a", "212 b", "c", "d"].map { Array($0.utf8) }))
        let second = try reader.next(in: bytes.span.bytes, at: &position)
        #expect(second == NumberedReply(code: 220, lines: [[UInt8(ascii: "e")]]))
    }
}
