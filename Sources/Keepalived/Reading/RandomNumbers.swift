/// Random numbers that are the same for the same seed: SplitMix64.
struct RandomNumbers: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(in range: ClosedRange<UInt32>) -> UInt32 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var number = state
        number = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ (number >> 27)) &* 0x94d0_49bb_1331_11eb
        number ^= number >> 31
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + UInt32(truncatingIfNeeded: number % count)
    }
}
