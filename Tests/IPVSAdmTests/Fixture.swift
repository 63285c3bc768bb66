import TestKit

/// A file of `Fixtures/listings`.
enum Fixture {
    static func listing(_ name: String) throws -> String {
        try SourceTree.text(of: "Fixtures/listings/\(name)")
    }
}
