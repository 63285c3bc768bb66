package import Configuration
package import Dialogues

/// What the results of a real server's checks have made of its weight so far.
package struct CheckedWeight: Hashable, Sendable {
    /// The weight that an exit status told last; nil for the configured one.
    private var told: Int?
    /// What each check adds to the configured weight, by its place.
    private var shares: [Int: Int] = [:]

    /// Makes the account of a server that no check has told anything of.
    package init() {}

    /// Takes a result of the check in a place; one that did not pass changes nothing.
    package mutating func take(_ result: CheckResult, of index: Int, by rule: WeightRule) {
        guard rule != .none, result.verdict == .up, let status = result.exitStatus else { return }
        switch rule {
        case .none: break
        case .exitStatus(let base): told = status == 0 ? nil : status - Int(base)
        case .share(let perUnit): shares[index] = status * Int(perUnit)
        }
    }

    /// The weight of a server of that configured weight while it is up, 0...2147483647.
    ///
    /// The weight that an exit status told stands for itself; without one the shares of all checks count.
    package func weight(configured: Int32) -> Int32 {
        guard told != nil || !shares.isEmpty else { return configured }
        return Int32(clamping: max(0, told ?? shares.values.reduce(Int(configured), +)))
    }
}

extension CheckResult {
    /// The exit status of the program that gave the result, 0...255; nil for one that gave none.
    fileprivate var exitStatus: Int? {
        switch layer {
        case .program(.passed): 0
        case .program(.exit(let status)) where (0...255).contains(status): status
        case .administrative, .echo, .transport, .security, .dialogue, .program, .director: nil
        }
    }
}
