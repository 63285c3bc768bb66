import TestKit
import Testing

/// What the fuzzer begins with, or what once brought it to a halt, ends with a value or an error.
struct FuzzLinksTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/links"))
    func aDatagramDoesNoHarm(name: String) throws {
        #expect(decodeAsLinks(try SourceTree.bytes(of: "Fixtures/fuzz/links/\(name)")) == 0)
    }
}
