/// The place of an advertisement among those of its sender: the wall clock and a counter (`auth_hmac`).
///
/// The 64 bits grow with each advertisement; a receiver takes none that is not above the last one.
package struct TrailerSequence: Hashable, Comparable, Codable, Sendable {
    /// 32 bits of seconds since 1970, 16 of 1/65536 s, 16 of a counter.
    package var rawValue: UInt64

    /// Makes a place of its bits.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Makes the first place of a moment.
    ///
    /// - Parameter clock: the time since 1970 by the wall clock; what 32 bits of seconds do not hold is cut.
    package init(clock: Duration) {
        let (seconds, attoseconds) = clock.components
        let bounded = UInt64(min(max(seconds, 0), Int64(UInt32.max)))
        let fraction = UInt64(max(attoseconds, 0) / 15_258_789_062_500) & 0xffff
        rawValue = bounded << 32 | fraction << 16
    }

    /// The seconds since 1970 by the wall clock of the sender.
    package var seconds: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }
    /// The part of a second, in 1/65536.
    package var fraction: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }
    /// What tells advertisements of one moment apart.
    package var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    /// The place of the next advertisement: that of the moment, or the one above the last where the clock stands or went back.
    package static func following(_ last: TrailerSequence?, clock: Duration) -> TrailerSequence {
        let next = TrailerSequence(clock: clock)
        guard let last, next <= last else { return next }
        return TrailerSequence(rawValue: last.rawValue == .max ? .max : last.rawValue + 1)
    }

    package static func < (left: TrailerSequence, right: TrailerSequence) -> Bool {
        left.rawValue < right.rawValue
    }
}
