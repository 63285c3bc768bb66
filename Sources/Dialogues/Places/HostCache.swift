package import Addresses
package import Time

/// What is known of the names that redirects lead to, for how long, and which are to be looked up.
///
/// Whoever looks them up may take as long as name servers do; no check waits longer than its own limit, and an address that
/// was found is used on while name servers are away.
package struct HostCache: Sendable {
    /// Why a name has no address.
    package struct Failure: Error, Hashable, Sendable {
        /// In the words of the C library.
        package let text: String
        /// Whether name servers said so, and did not only fail to answer.
        package let isFinal: Bool

        /// Makes a failure.
        package init(text: String, isFinal: Bool) {
            self.text = text
            self.isFinal = isFinal
        }
    }

    /// What to do about a name.
    package enum Decision: Hashable, Sendable {
        /// It is known; where `refreshes`, it is to be looked up for the next time.
        case known([IPAddress], refreshes: Bool)
        /// It is known to have no address; why.
        case unknown(String)
        /// Its addresses come later; where `asks`, after it has been looked up, which is to be begun now.
        case wait(asks: Bool)
        /// It cannot be looked up now, and that is the doing of the server that asks; why.
        case refused(String)
        /// It cannot be looked up now; why.
        case busy(String)
    }

    /// The time for which an address is used without asking again.
    static let freshness = Duration.seconds(60)
    /// The time for which an address is used while it is asked for again.
    static let longestUse = Duration.seconds(3600)
    /// The time for which it is believed that there is no address.
    static let patience = Duration.seconds(5)
    /// The most names that are kept.
    static let namesAtMost = 1_024
    /// The most names that are being looked up.
    static let lookupsAtMost = 64
    /// The most of these for one server.
    static let lookupsForEach = 8
    /// The most addresses of a name that are kept.
    package static let addressesAtMost = 8

    private struct Entry: Sendable {
        var addresses: [IPAddress] = []
        var failure: String?
        /// When the addresses were found, and when it was last tried to find them.
        var found = MonotonicTime(nanoseconds: 0)
        var tried: MonotonicTime
        var used: MonotonicTime
    }

    private var entries: [String: Entry] = [:]
    /// The names that are being looked up, and for which server.
    private var pending: [String: IPAddress] = [:]

    /// Makes a cache that knows nothing.
    package init() {}

    /// Decides about a name that the check of a server needs.
    package mutating func ask(_ name: String, for server: IPAddress, at now: MonotonicTime) -> Decision {
        if var entry = entries[name] {
            entry.used = now
            entries[name] = entry
            let age = now - entry.found
            if !entry.addresses.isEmpty, age < Self.longestUse {
                let isDue = age >= Self.freshness && now - entry.tried >= Self.patience
                guard isDue, refusal(of: name, for: server) == nil, pending[name] == nil else {
                    return .known(entry.addresses, refreshes: false)
                }
                pending[name] = server
                return .known(entry.addresses, refreshes: true)
            }
            if let failure = entry.failure, now - entry.tried < Self.patience { return .unknown(failure) }
        }
        guard pending[name] == nil else { return .wait(asks: false) }
        if let refusal = refusal(of: name, for: server) { return refusal }
        pending[name] = server
        return .wait(asks: true)
    }

    /// Takes what a lookup gave; `nil` where it could not be begun.
    package mutating func lookedUp(_ name: String, _ outcome: Result<[IPAddress], Failure>?, at now: MonotonicTime) {
        pending[name] = nil
        guard let outcome else { return }
        var entry = entries[name] ?? Entry(tried: now, used: now)
        entry.tried = now
        switch outcome {
        case .success(let addresses):
            entry.addresses = Array(addresses.prefix(Self.addressesAtMost))
            entry.failure = addresses.isEmpty ? "an answer without an address" : nil
            entry.found = now
        case .failure(let failure):
            if failure.isFinal { entry.addresses = [] }
            entry.failure = failure.text
        }
        if entries[name] == nil, entries.count >= Self.namesAtMost, let oldest = leastUsed { entries[oldest] = nil }
        entries[name] = entry
    }

    private var leastUsed: String? { entries.min { $0.value.used < $1.value.used }?.key }

    /// A server may have a few names looked up at a time, one for each service that it stands behind, so that none takes
    /// the place of others.
    private func refusal(of name: String, for server: IPAddress) -> Decision? {
        let count = pending.lazy.filter { $0.value == server }.count
        if count >= Self.lookupsForEach {
            return .refused("and name servers have not answered about \(count) others that the server named")
        }
        return pending.count < Self.lookupsAtMost ? nil : .busy("\(pending.count) names are being looked up")
    }
}
