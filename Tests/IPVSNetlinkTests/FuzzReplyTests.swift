import TestKit
import Testing

/// What once brought the fuzzer to a halt, or looks as if it might, ends with a value or an error.
struct FuzzReplyTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/replies"))
    func aReplyDoesNoHarm(name: String) throws {
        #expect(decodeAsReply(try SourceTree.bytes(of: "Fixtures/fuzz/replies/\(name)")) == 0)
    }
}
