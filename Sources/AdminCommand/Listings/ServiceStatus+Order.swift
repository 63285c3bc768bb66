import IPVS

extension ServiceStatus {
    /// The places of the servers in the order of their addresses or the kernel's; sorting places moves less than
    /// sorting servers.
    func order(isSorted: Bool) -> [Int] {
        guard isSorted else { return Array(destinations.indices) }
        return destinations.indices.sorted {
            destinations[$0].destination.endpoint < destinations[$1].destination.endpoint
        }
    }
}
