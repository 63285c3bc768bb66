import Addresses

/// The virtual routers by what a packet shows of the one that it is for.
struct RouterIndex: Sendable {
    /// What a packet shows.
    struct Key: Hashable, Sendable {
        /// The interface that it came by; empty for routers that are bound to none.
        var interface: String
        var family: AddressFamily
        var routerID: UInt8
    }

    private var places: [Key: [Int]] = [:]

    /// Names a router.
    mutating func add(_ place: Int, for key: Key) {
        if places[key]?.contains(place) != true { places[key, default: []].append(place) }
    }

    /// The routers that a packet may be for; several where unicast routers share a number, and are told apart by their peers.
    func places(interface: String, family: AddressFamily, routerID: UInt8) -> [Int] {
        places[Key(interface: interface, family: family, routerID: routerID)]
            ?? places[Key(interface: "", family: family, routerID: routerID)] ?? []
    }
}
