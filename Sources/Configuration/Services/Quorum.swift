/// How much weight of a pool's servers has to serve for the pool to be up.
///
/// With a weight of 1 and without hysteresis a pool is up while anybody serves.
package struct Quorum: Hashable, Sendable {
    /// The weight that is enough, at least 1.
    package var weight: UInt32
    /// How much less is enough while the pool is up, and how much more is needed while it is down.
    package var hysteresis: UInt32

    /// Makes a quorum; without arguments anybody who serves is enough.
    package init(weight: UInt32 = 1, hysteresis: UInt32 = 0) {
        self.weight = weight
        self.hysteresis = hysteresis
    }

    /// The weight that decides, at least 1: with less a pool that is up goes down, with it one that is down comes up.
    ///
    /// The weight of all servers is always enough: nothing more can be had.
    ///
    /// - Parameters:
    ///   - isUp: whether the pool is up.
    ///   - total: the configured weights of all servers of the pool, together.
    package func threshold(whileUp isUp: Bool, total: Int64) -> Int64 {
        let (weight, hysteresis) = (Int64(weight), Int64(hysteresis))
        return max(1, min(isUp ? weight - hysteresis : weight + hysteresis, total))
    }

    /// Whether a pool is up.
    ///
    /// - Parameters:
    ///   - wasUp: whether it has been up until now.
    ///   - serving: the weights of the servers that may take connections, together.
    ///   - total: the configured weights of all servers of the pool, together.
    package func isUp(was wasUp: Bool, serving: Int64, total: Int64) -> Bool {
        serving >= threshold(whileUp: wasUp, total: total)
    }
}
