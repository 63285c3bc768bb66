package import Time

/// The wishes of all owners against what the kernel has.
///
/// It knows no kernel: `looked` and `saw` tell it what there is, `steps` says what to do next, `applied` what became of that.
/// It touches nothing but what it set itself, what was claimed, and routes and rules of its own maker's number.
package struct LinksMirror: Sendable {
    /// The number that routes and rules are known by as ours.
    package let maker: UInt8
    private(set) var wishes: [(owner: LinkOwner, wish: LinkWish, since: MonotonicTime)] = []
    private(set) var claims: [LinkAddress] = []
    private(set) var found: LinksSnapshot?

    /// Makes a mirror that knows of nothing.
    package init(maker: UInt8 = 18) {
        self.maker = maker
    }

    /// Says that addresses are ours wherever they are found at the first look, so that those which nobody wants go: all that
    /// are configured, and all that the record of an earlier life names.
    package mutating func claim(_ addresses: [LinkAddress]) {
        claims += addresses
    }

    /// Takes what an owner wants from now on in place of what it wanted before; a wish for nothing ends with its removal.
    package mutating func want(_ wish: LinkWish, of owner: LinkOwner, at now: MonotonicTime) {
        if let place = wishes.firstIndex(where: { $0.owner == owner }) {
            wishes[place] = (owner, wish, now)
        } else {
            wishes.append((owner, wish, now))
        }
    }

    /// Takes all that the kernel has.
    package mutating func looked(_ snapshot: LinksSnapshot, at now: MonotonicTime) -> [LinkEvent] {
        found = snapshot
        return []
    }
}
