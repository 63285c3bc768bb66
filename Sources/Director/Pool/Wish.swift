import IPVS

/// What a pool wants at one endpoint of one of its services, and why.
struct Wish: Hashable, Sendable {
    /// Why something stands at an endpoint with its weight, or does not stand there.
    enum Reason: Hashable, Sendable {
        /// A server passes its checks and has its configured weight.
        case up
        /// A server has no verdict, was found in service, and keeps the weight that it was found with.
        case adopted
        /// The standby serves, since the pool has not enough servers.
        case standsIn
        /// A server passes its checks; its configured weight is 0.
        case weightless
        /// The operator keeps a server out of service.
        case maintenance
        /// A server fails one of its checks.
        case down
        /// A server has no verdict, and was not found in service.
        case unchecked
        /// A server passes its checks, and the pool has not enough of such, so that the standby serves instead.
        case noQuorum
        /// The standby is not needed.
        case notNeeded
    }

    /// Why.
    let reason: Reason
    /// What shall stand there; nil for nothing.
    let destination: Destination?
    /// What goes on standing there, where something stands, until somebody else stands who shall serve.
    var bridge: Destination?
    /// What stands there without weight in the place of whatever stands there; where nothing does, nothing comes.
    var placeholder: Destination?

    /// Makes a wish for what shall stand at its endpoint, or for nothing there.
    init(_ reason: Reason, _ destination: Destination?) {
        self.reason = reason
        self.destination = destination
    }

    /// Whether what stands there shall take connections.
    var isServing: Bool { isServedByServer || reason == .standsIn }

    /// Whether a server of a pool stands there and takes connections, and not a standby.
    var isServedByServer: Bool { reason == .up || reason == .adopted }

    /// The order in which several pools have their way at one endpoint, the lowest first.
    var rank: Int {
        switch reason {
        case .up: 0
        case .adopted: 1
        case .standsIn: 2
        case .weightless: 3
        case .maintenance, .down, .unchecked, .noQuorum, .notNeeded: destination == nil ? 5 : 4
        }
    }

    /// The wish of this pool and of one behind it at the same endpoint.
    func joined(by other: Wish) -> Wish {
        var wish = rank <= other.rank ? self : other
        if !wish.isServing { wish.bridge = bridge ?? other.bridge }
        return wish
    }
}
