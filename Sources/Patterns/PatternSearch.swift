/// A search in a text that arrives in pieces.
///
/// It gives what a search in the whole text gives, and keeps of it only what can still matter: what a match may have begun
/// with, and what lies just behind. How the text is cut into pieces changes neither the outcome nor, by more than a
/// constant factor, the time.
package struct PatternSearch: Sendable {
    private let pattern: Pattern
    /// The bytes of the text that may still be taken.
    private var room: Int
    private var kept: [UInt8] = []
    /// Where in `kept`, or behind it, a match may begin at the earliest.
    private var start: Int
    /// Where in `kept`, or behind it, none may begin any more; nil where one may begin anywhere.
    private var bound: Int?
    /// How many bytes `kept` must have for another look.
    private var nextLook: Int
    /// How many newlines `kept` ends with.
    private var lastNewlines = 0
    private var outcome: PatternOutcome?
    private var allowance = PatternAllowance()
    private let budget: TextBudget
    private var share: TextBudget.Share?
    /// Whether the outcome is `limit` because other searches have taken what all may keep together.
    package private(set) var isCrowdedOut = false

    /// The bytes that a search may keep of its own.
    static let ownRoom = 4 << 10

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - limit: The bytes that are looked at; a longer text is taken for one that ends there.
    ///   - minOffset: The first place at which a match may begin.
    ///   - maxOffset: The place from which on none may begin; the pattern is one that was compiled to limit its offset.
    ///   - budget: What is kept with others.
    package init(
        _ pattern: Pattern,
        limit: Int,
        from minOffset: Int = 0,
        to maxOffset: Int? = nil,
        budget: TextBudget = .shared
    ) {
        self.pattern = pattern
        self.budget = budget
        let room = max(limit, 0)
        self.room = room
        // Beyond the limit nothing is looked at, wherever the place is.
        start = min(max(minOffset, 0), room)
        bound = maxOffset.map { min(max($0, 0), room) }
        nextLook = start + 1
    }

    /// Takes the next piece; tells the outcome as soon as nothing that may follow can change it.
    package mutating func received(_ bytes: RawSpan) -> PatternOutcome? {
        guard outcome == nil else { return outcome }
        let taken = min(bytes.byteCount, room)
        room -= taken
        guard makeRoom(for: taken) else {
            isCrowdedOut = true
            return decide(.limit)
        }
        bytes.withUnsafeBytes { append(UnsafeRawBufferPointer(rebasing: $0[..<taken])) }
        guard room > 0 else { return ended() }
        // `$` is true before the last newline, and none is known to be the last.
        let end = kept.count - lastNewlines
        guard pattern.isStreamable else { return nil }
        guard end >= start else {
            forget()
            nextLook = start + 1
            return nil
        }
        guard end >= nextLook else { return nil }
        let look = kept.withUnsafeBytes {
            pattern.match(
                UnsafeRawBufferPointer(rebasing: $0.prefix(end)),
                from: start,
                before: bound,
                isWhole: false,
                within: &allowance
            )
        }
        switch look {
        case .found: return decide(.found)
        case .limit: return decide(.limit)
        case .notFound:
            start = end
            if let bound, start >= bound { return decide(.notFound) }
            forget()
            nextLook = start + 1
        case .undecided(let place):
            // The same bytes are looked at again only with as many new ones.
            let doubled = 2 * (end - place)
            start = place
            forget()
            nextLook = start + max(doubled, 1)
        }
        return nil
    }

    /// Tells the outcome for a text that ends here.
    package mutating func ended() -> PatternOutcome {
        if let outcome { return outcome }
        let look = kept.withUnsafeBytes {
            pattern.match($0, from: start, before: bound, isWhole: true, within: &allowance)
        }
        switch look {
        case .found: return decide(.found)
        case .notFound, .undecided: return decide(.notFound)
        case .limit: return decide(.limit)
        }
    }

    private mutating func decide(_ outcome: PatternOutcome) -> PatternOutcome {
        self.outcome = outcome
        kept = []
        share = nil
        return outcome
    }

    /// Makes the memory for so many bytes more; whether there is so much.
    private mutating func makeRoom(for count: Int) -> Bool {
        let needed = kept.count + count
        guard needed > kept.capacity else { return true }
        // Half as much again, so that each byte is moved a few times at most.
        let capacity = max(needed, kept.capacity + kept.capacity / 2)
        if capacity > Self.ownRoom {
            let share = share ?? TextBudget.Share(of: budget)
            self.share = share
            guard share.grow(to: capacity) || needed < capacity && share.grow(to: needed) else { return false }
        }
        kept.reserveCapacity(capacity)
        return true
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        allowance.grant(forBytes: bytes.count)
        kept.append(contentsOf: bytes)
        let newlines = bytes.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        lastNewlines = newlines == bytes.count ? lastNewlines + newlines : newlines
    }

    /// Gives up what is no longer needed, once that is the greater part: so each byte is moved once on average.
    private mutating func forget() {
        let needless = min(start - pattern.lookbehind, kept.count)
        guard needless > kept.count / 2 else { return }
        kept.removeFirst(needless)
        start -= needless
        bound = bound.map { max($0 - needless, 0) }
    }
}
