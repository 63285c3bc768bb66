import IPVS

extension ServiceStatus {
    /// The places of the servers in the order of their addresses or the kernel's.
    ///
    /// Sorting places moves less than sorting servers, and the kernel has the youngest first: the other way round most
    /// are sorted already.
    func order(isSorted: Bool) -> [Int] {
        guard isSorted else { return Array(destinations.indices) }
        return destinations.indices.reversed().sorted {
            destinations[$0].destination.endpoint < destinations[$1].destination.endpoint
        }
    }
}
