/// Who hears the advertisements of a virtual router.
package enum Audience: Hashable, Codable, Sendable {
    /// All on the link that joined the group.
    case multicast(MulticastSettings)
    /// Some peers alone.
    case unicast(UnicastSettings)
}
