import ArgumentParser

/// The version of HTTP that is asked in: `-P`.
enum DigestVersion: String, ExpressibleByArgument, CaseIterable {
    case http10 = "1.0"
    /// 1.0, with the wish that the connection be closed.
    case http10Close = "1.0c"
    case http11 = "1.1"

    /// What stands in the request line.
    var number: String { self == .http11 ? "1.1" : "1.0" }

    /// Whether the request says that the connection be closed.
    var closes: Bool { self != .http10 }
}
