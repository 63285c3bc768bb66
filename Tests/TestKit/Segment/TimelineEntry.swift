public import Addresses

/// Something that happened on a segment, with the moment at which it did.
public struct TimelineEntry: Sendable, CustomStringConvertible {
    /// What happened.
    public enum Matter: Hashable, Sendable {
        /// A host sent an advertisement.
        case advertisement(version: UInt8, routerID: UInt8, priority: UInt8, source: IPAddress, destination: IPAddress)
        /// A host announced that it has an address.
        case announcement(IPAddress)
        /// A host has an address from now on, or no more.
        case address(IPAddress, isThere: Bool)
        /// The test did something.
        case deed(String)
    }

    /// The seconds since the segment was made, by the clock that nobody sets; a packet's by the kernel's stamp.
    public var moment: Double
    /// The host.
    public var host: String
    public var matter: Matter

    /// `3.417 a advertisement 51 priority 200`.
    public var description: String {
        let milliseconds = Int((moment * 1_000).rounded())
        let text = "\(milliseconds / 1_000).\(String(1_000 + milliseconds % 1_000).dropFirst()) \(host) "
        switch matter {
        case .advertisement(let version, let number, let priority, let source, let destination):
            return text + "v\(version) \(number) priority \(priority) \(source) > \(destination)"
        case .announcement(let address): return text + "announces \(address)"
        case .address(let address, let isThere): return text + (isThere ? "+" : "-") + "\(address)"
        case .deed(let words): return text + words
        }
    }
}
