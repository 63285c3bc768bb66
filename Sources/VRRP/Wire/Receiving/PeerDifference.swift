package import Addresses
package import Failover

/// A setting in which another router of the same number differs from ours.
package enum PeerDifference: Hashable, Codable, Sendable {
    /// It speaks another version.
    case version(received: UInt8, own: UInt8)
    /// It proves who it is in another way: numbers of the protocol, 0 none, 1 a password, 2 a header.
    case authentication(received: UInt8, own: UInt8)
    /// The password or the key is another one.
    case password
    /// It has a trailer where we have none, or none where we demand one.
    case trailer(isReceived: Bool)
    /// Its interval is another one.
    case interval(received: Duration, own: Duration)
    /// Its list has another number of addresses.
    case addressCount(received: Int, own: Int)
    /// Its list of addresses is another one: what it lacks of ours, and what it has beyond.
    case addresses(missing: [IPAddress], unknown: [IPAddress])
    /// Its packets have other hops left than ours demand.
    case hops(received: UInt8, allowed: ClosedRange<UInt8>)
    /// Its checksum has another form than ours.
    case checksumForm(received: ChecksumForm, own: ChecksumForm)
    /// It speaks to a group where we speak to peers, or the other way round.
    case audience(isMulticast: Bool)
    /// It is none of the peers that we speak to.
    case stranger(IPAddress)
}
