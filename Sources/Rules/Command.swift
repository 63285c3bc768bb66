package import IPVS

/// What one line of ipvsadm's language asks for.
package enum Command: Hashable, Sendable {
    /// `-A -E -D -a -e -d -C -Z --set --start-daemon --stop-daemon`.
    case change(Change)
    /// `-L`, or no argument at all.
    case list(Listing)
    /// `-S`, with addresses and ports as names unless numeric.
    case save(numeric: Bool)
    /// `-R`.
    case restore
    /// `-h`.
    case help
    /// `-v`.
    case version
}
