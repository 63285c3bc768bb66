import Addresses
import IPVS
import Rules
import Texts

extension TextBuffer {
    private static let blankLine = Array("  -> \(String(repeating: " ", count: 65))\n".utf8)

    /// Appends the line that most servers have in the standard columns: with an IPv4 address, and no number too wide for
    /// its column, so that each has its place.
    ///
    /// - Returns: whether it is such a server; nothing was appended otherwise.
    mutating func appendUsualLine(of status: DestinationStatus) -> Bool {
        let destination = status.destination
        guard case .v4(let address) = destination.endpoint.address, (0..<1_000_000).contains(destination.weight) else {
            return false
        }
        withBytes { bytes in
            let start = bytes.count
            bytes.append(contentsOf: Self.blankLine)
            var line = bytes.mutableSpan
            line.write(address, port: destination.endpoint.port, at: start + 5)
            line.write(destination.forwarding.listingName, at: start + 34)
            line.write(UInt32(destination.weight), at: start + 42)
            line.write(status.activeConnections, at: start + 49)
            line.write(status.inactiveConnections, at: start + 60)
        }
        return true
    }
}
