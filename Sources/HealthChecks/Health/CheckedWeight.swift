package import Configuration
package import Dialogues

/// What the results of a real server's checks have made of its weight so far.
package struct CheckedWeight: Hashable, Sendable {
    /// A weight that an exit status told, and the place of the check that it told it to.
    private struct Told: Hashable, Sendable {
        let check: Int
        let weight: Int64
    }

    /// The weight that was told last; nil for the configured one.
    private var told: Told?
    /// What each check adds to the configured weight, by its place.
    private var shares: [Int: Int64] = [:]

    /// Makes the account of a server that no check has told anything of.
    package init() {}

    /// Takes a result of the check in a place; one that did not pass changes nothing.
    package mutating func take(_ result: CheckResult, of index: Int, by rule: WeightRule) {
        guard rule != .none, result.verdict == .up, let number = result.number else { return }
        switch rule {
        case .none, .gate: break
        case .exitStatus(let base): told = number == 0 ? nil : Told(check: index, weight: Int64(number) - Int64(base))
        case .share(let perUnit): shares[index] = Int64(number) * Int64(perUnit)
        }
    }

    /// The account of other checks, which go on from some of these; what the others made of the weight is forgotten.
    ///
    /// - Parameter origins: for each of the other checks the place of the one that it goes on from; nil for none.
    package func moved(to origins: [Int?]) -> CheckedWeight {
        var new = CheckedWeight()
        guard self != new else { return new }
        for (index, origin) in origins.enumerated() {
            guard let origin else { continue }
            if let told, told.check == origin { new.told = Told(check: index, weight: told.weight) }
            new.shares[index] = shares[origin]
        }
        return new
    }

    /// What the check in a place adds to the configured weight, 0 where it adds nothing.
    package func share(of index: Int) -> Int64 { shares[index] ?? 0 }

    /// The weight of a server of that configured weight while it is up, 0...2147483647.
    ///
    /// The weight that an exit status told stands for itself; without one the shares of all checks count.
    package func weight(configured: Int32) -> Int32 {
        guard told != nil || !shares.isEmpty else { return configured }
        if let told { return Int32(clamping: max(0, told.weight)) }
        // Three shares may be more than 64 bits hold, and only their sum is held to the range of weights.
        return Int32(clamping: max(0, shares.values.reduce(Int128(configured)) { $0 + Int128($1) }))
    }
}

extension CheckResult {
    /// The exit status of the program that gave the result, 0...255, or the number of a file; nil for one that gave none.
    fileprivate var number: Int32? {
        switch layer {
        case .program(.passed): 0
        case .program(.exit(let status)) where (0...255).contains(status): Int32(status)
        case .file(let number): number
        case .administrative, .echo, .transport, .security, .dialogue, .program, .director: nil
        }
    }
}
