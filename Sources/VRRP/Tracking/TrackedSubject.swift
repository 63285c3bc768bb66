/// Something that is looked at, by its kind and its name in the configuration.
package struct TrackedSubject: Hashable, Codable, Sendable {
    /// What it is.
    package enum Kind: UInt8, Hashable, Codable, Sendable, CaseIterable {
        case interface
        case script
        case file
        case process
        case server
    }

    /// What it is.
    package var kind: Kind
    /// The name that trackers have.
    package var name: String

    /// Names a thing.
    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}
