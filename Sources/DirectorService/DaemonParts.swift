/// What a director does of what its configuration says.
package struct DaemonParts: OptionSet, Hashable, Sendable {
    /// A bit for each.
    package let rawValue: UInt8

    /// Makes a set of those bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Virtual servers, their checks, and the settings of the kernel's table.
    package static let services = DaemonParts(rawValue: 1)
    /// Virtual routers, and what goes with them.
    package static let routers = DaemonParts(rawValue: 2)
    /// Everything.
    package static let all: DaemonParts = [.services, .routers]
}
