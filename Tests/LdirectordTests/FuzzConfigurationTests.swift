import TestKit
import Testing

/// What once brought the fuzzer to a halt, or looks as if it might, ends with a configuration or diagnostics.
struct FuzzConfigurationTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/configurations"))
    func aFileDoesNoHarm(name: String) throws {
        #expect(readAsConfiguration(try SourceTree.bytes(of: "Fixtures/fuzz/configurations/\(name)")) == 0)
    }
}
