import TestKit
import Testing

/// What once brought the fuzzer to a halt, or looks as if it might, ends with commands or diagnostics.
struct FuzzRuleTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/rules"))
    func aFileOfRulesDoesNoHarm(name: String) throws {
        #expect(readAsRules(try SourceTree.bytes(of: "Fixtures/fuzz/rules/\(name)")) == 0)
    }
}
