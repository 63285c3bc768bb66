package import Addresses

/// The addresses that share their first bits: where a route leads, what a rule looks for.
package struct NetworkPrefix: Hashable, Codable, Sendable {
    /// One of the addresses, the bits behind the length as they were written.
    package var address: IPAddress
    /// The bits that they share, 0 for all addresses, at most 32 or 128.
    package var length: UInt8

    /// Makes a prefix.
    package init(_ address: IPAddress, length: UInt8) {
        self.address = address
        self.length = length
    }
}
