/// A step of a scenario after which something was not what it should be.
struct Discrepancy: Sendable, CustomStringConvertible {
    let step: Int
    let expected: String
    let found: String
    let log: String

    var description: String { "step \(step): expected\n\(expected)found\n\(found)\(log)" }
}
