import Time

/// Whether the connections of a master have arrived: when hardly any new ones come in.
struct SynchronisationGauge: Sendable {
    /// The share of the table that may come anew within a second.
    static let share = 0.01
    /// The measures in a row that must be below it.
    static let needed = 2

    private var last: (moment: MonotonicTime, synchronised: Int)?
    private var quiet = 0

    /// Takes a measure of the table.
    ///
    /// - Parameters:
    ///   - synchronised: the entries that came from another machine.
    ///   - total: all entries.
    /// - Returns: whether the connections have arrived.
    mutating func measured(synchronised: Int, total: Int, at now: MonotonicTime) -> Bool {
        defer { last = (now, synchronised) }
        guard let last, last.moment < now else { return false }
        let rate = Double(max(synchronised - last.synchronised, 0)) / ((now - last.moment) / .seconds(1))
        quiet = rate <= Self.share * Double(max(total, 0)) ? quiet + 1 : 0
        return quiet >= Self.needed
    }

    /// Begins anew.
    mutating func reset() {
        self = SynchronisationGauge()
    }
}
