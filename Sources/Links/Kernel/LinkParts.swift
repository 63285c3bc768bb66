/// What can be read from a kernel.
package struct LinkParts: OptionSet, Hashable, Sendable {
    /// A bit for each part, of our own count.
    package let rawValue: UInt8

    /// Makes a set of those bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Interfaces and addresses.
    package static let links = LinkParts(rawValue: 1)
    /// Routes.
    package static let routes = LinkParts(rawValue: 2)
    /// Rules.
    package static let rules = LinkParts(rawValue: 4)
    /// Everything.
    package static let all: LinkParts = [.links, .routes, .rules]
}
