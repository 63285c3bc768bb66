extension Duration {
    /// The whole nanoseconds, as many as 64 bits hold.
    @inlinable
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isSumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard isOverflow || isSumOverflow else { return sum }
        return seconds < 0 ? .min : .max
    }
}
