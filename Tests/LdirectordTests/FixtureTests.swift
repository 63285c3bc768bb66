import Configuration
import Diagnostics
import Ldirectord
import TestKit
import Testing

/// The files of `Fixtures/ldirectord`, and what is said of them.
struct FixtureTests {
    @Test(arguments: ["web", "everything", "marks-and-ipv6", "new-directives", "tolerated", "traps"])
    func goodFilesAreRead(name: String) throws {
        let read = reading(try SourceTree.bytes(of: "Fixtures/ldirectord/good/\(name).cf"))
        #expect(read.configuration != nil)
        #expect(read.configuration?.virtualServers.isEmpty == false)
        #expect(
            printed(read)
                == String(decoding: try SourceTree.bytes(of: "Fixtures/ldirectord/good/\(name).txt"), as: UTF8.self)
        )
    }

    @Test(arguments: ["names", "values", "virtuals"])
    func badFilesAreRefusedWithEveryReason(name: String) throws {
        let read = reading(try SourceTree.bytes(of: "Fixtures/ldirectord/bad/\(name).cf"))
        #expect(read.configuration == nil)
        #expect(
            printed(read)
                == String(decoding: try SourceTree.bytes(of: "Fixtures/ldirectord/bad/\(name).txt"), as: UTF8.self)
        )
    }

    private func printed(_ read: LoadedConfiguration) -> String {
        read.diagnostics.map { $0.description + "\n" }.joined()
    }
}
