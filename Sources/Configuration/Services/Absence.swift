/// How a server that shall take no connections is kept from them.
package enum Absence: Hashable, Sendable {
    /// It is not in the kernel's table; connections that it had are broken.
    case removed
    /// It stands in the table with weight 0, and keeps the connections that it has.
    case quiesced
}
