import Addresses
package import Time

/// The wishes of all owners against what the kernel has.
///
/// It knows no kernel: `looked` and `saw` tell it what there is, `steps` says what to do next, `applied` what became of that.
/// What steps did is known from `applied`; the changes that the kernel tells of are to be given to `saw` before the next
/// `steps`, so that nothing is planned on what is past.
///
/// It touches nothing but what it set itself, what was claimed, and routes and rules of its own maker's number.
package struct LinksMirror: Sendable {
    /// What one owner wants, and how far it is.
    struct OwnedWish: Sendable {
        let owner: LinkOwner
        var wish: LinkWish
        /// The moment of the wish, until all of it is there.
        var pending: MonotonicTime?
        /// The moment at which others took something of it away, until all of it is back.
        var loss: MonotonicTime?
    }

    /// The number that routes and rules are known by as ours.
    package let maker: UInt8
    /// The beginning of the names of macvlans that an earlier life left behind.
    let linkPrefix: String
    var wishes: [OwnedWish] = []
    var claims: [LinkAddress] = []
    var found = FoundLinks()
    /// The parts that have not been read since they were lost.
    package internal(set) var wantedLook: LinkParts = .all
    /// Whether all parts were read once.
    var hasLooked = false
    /// What is wanted, as long as wishes and interfaces are what they were when it was made.
    var demand = LinkDemand()
    var isDemandStale = true
    /// The numbers of the interfaces that were made for owners.
    var bound: [LinkReference: UInt32] = [:]
    /// The interfaces that may be removed when nobody wants them.
    var ownLinks: Set<UInt32> = []
    /// The addresses that may be removed when nobody wants them, as they were wished for when they were set; nil where an
    /// earlier life set them.
    var ownAddresses: [AddressKey: LinkAddress?] = [:]
    /// How an address was shown first after it was set: what it has to stay like.
    var forms: [AddressKey: AddressForm] = [:]
    /// Routes of other makers' numbers that may be removed when nobody wants them.
    var ownRoutes: [Route] = []
    var ownRules: Set<RoutingRule> = []
    /// What was set since it was wished for, and is not set again unless it is tracked.
    var given = GivenParts()
    /// The values of settings before they were changed.
    var originals: [SettingKey: UInt32] = [:]
    /// The setting for all interfaces before it was moved to each of them.
    var originalReversePath: UInt32?
    /// Whether the setting for interfaces to come was 0 before.
    var hasRaisedDefault = false
    /// The makers whose routes and rules were looked for last.
    var knownMakers: Set<UInt8> = []
    var attempts = Attempts()
    /// The parts of which changes were lost, until they have been read again.
    var lostParts: LinkParts = []
    /// What is removed because an earlier life left it; nil before the first steps.
    var leftovers: Set<LinkStep>?
    var events: [LinkEvent] = []

    /// Makes a mirror that knows of nothing.
    ///
    /// - Parameters:
    ///   - maker: The number that routes and rules are known by as ours.
    ///   - linkPrefix: The beginning of names of macvlans; those which an earlier life left are known by it and their
    ///     hardware address.
    package init(maker: UInt8 = 18, linkPrefix: String = "vrrp") {
        self.maker = maker
        self.linkPrefix = linkPrefix
    }

    /// Says that addresses are ours wherever they are found now, or at the first look, so that those which nobody wants go: all
    /// that are configured, and all that the record of an earlier life names.
    package mutating func claim(_ addresses: [LinkAddress]) {
        claims += addresses
        if hasLooked { resolveClaims() }
    }

    /// Takes what an owner wants from now on in place of what it wanted before; a wish for nothing ends with its removal.
    ///
    /// All owners' wishes must be known before the first `steps`: what nobody wants is removed. The same wish again is none.
    package mutating func want(_ wish: LinkWish, of owner: LinkOwner, at now: MonotonicTime) {
        if let place = wishes.firstIndex(where: { $0.owner == owner }) {
            guard wishes[place].wish != wish else { return }
            wishes[place].wish = wish
            wishes[place].pending = now
            wishes[place].loss = nil
        } else {
            wishes.append(OwnedWish(owner: owner, wish: wish, pending: now))
        }
        isDemandStale = true
        // Of makers that nobody asked for nothing is known.
        if !makers.isSubset(of: knownMakers) { wantedLook.formUnion([.routes, .rules]) }
    }

    /// The makers whose routes and rules are to be looked for.
    package var makers: Set<UInt8> {
        var makers: Set = [maker]
        for owned in wishes {
            for part in owned.wish.routes { makers.insert(part.value.maker) }
            for part in owned.wish.rules { makers.insert(part.value.maker) }
        }
        return makers.union(ownRoutes.map(\.maker)).union(ownRules.map(\.maker))
    }

    /// The moment at which something that failed is tried again; nil when nothing waits for that.
    package var nextMoment: MonotonicTime? { attempts.nextMoment }

    /// What there is to tell since the last time.
    package mutating func takeEvents() -> [LinkEvent] {
        defer { events = [] }
        return events
    }

    /// Whether an address of an owner is there, as far as is known.
    package func has(_ address: LinkAddress, of owner: LinkOwner) -> Bool {
        guard let interface = interface(named: address.interface, for: owner) else { return false }
        return found.addresses[AddressKey(address, interface: interface)] != nil
    }

    /// The interface that an owner calls by that name: one that is made for it, or the kernel's.
    func interface(named name: String, for owner: LinkOwner) -> UInt32? {
        bound[LinkReference(owner: owner, name: name)] ?? found.numbers[name]
    }
}

/// What others can change of an address without taking it away.
struct AddressForm: Hashable, Sendable {
    private let options: LinkAddress.Options
    private let isDeprecated: Bool

    init(_ address: LinkAddress) {
        options = address.options
        isDeprecated = address.preferredLifetime == 0
    }
}

/// What was set since it was wished for.
struct GivenParts: Sendable {
    var addresses: Set<AddressKey> = []
    var routes: Set<Route> = []
    var rules: Set<RoutingRule> = []
}
