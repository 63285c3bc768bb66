package import Addresses

/// Why a packet does not count, with the facts that a text about it has.
///
/// The order is that in which they are looked for.
package enum RejectionReason: Error, Hashable, Codable, Sendable {
    /// It ends before the head is complete.
    case tooShort(AddressFamily, length: Int)
    /// It has an authentication header, and none is configured.
    case unexpectedHeader
    /// It has no authentication header, and one is configured.
    case missingHeader
    /// It is for a virtual router that is not configured on the interface.
    case unknownRouter(UInt8)
    /// Its length is not that of the head, its addresses and what its authentication adds.
    case length(received: Int, expected: Int)
    /// It came over a router: its hops are not 255.
    case hops(received: UInt8)
    /// Its version is another one.
    case version(received: UInt8, own: UInt8)
    /// Its type of authentication is none of 0 none, 1 password, 2 header.
    case unknownAuthentication(UInt8)
    /// Its type of authentication is another one.
    case authentication(received: UInt8, own: UInt8)
    /// Its password is another one.
    case password
    /// The digest of its authentication header is another one: something was changed on its way, or the key is another one.
    case headerDigest
    /// The index of its authentication header is not its source address (numbers of IPv4 addresses).
    case headerIndex(received: UInt32, expected: UInt32)
    /// The sequence number of its authentication header was used before.
    case headerReplayed(sequence: UInt32)
    /// It has no trailer, and one is demanded.
    case missingTrailer
    /// The type of its trailer is not 1, or bits of it that must be zero are not.
    case trailerType(UInt8)
    /// The key of its trailer is none of ours.
    case trailerKey(UInt8)
    /// The digest of its trailer is another one.
    case trailerDigest(key: UInt8)
    /// The place of its trailer is not above the last one of its sender.
    case trailerReplayed(received: TrailerSequence, last: TrailerSequence)
    /// The clock of its sender differs too much from ours: seconds that it is ahead.
    case trailerTime(ahead: Duration, allowed: Duration)
    /// Its interval is another one (version 2).
    case interval(received: Duration, own: Duration)
    /// Its type is not 1.
    case type(UInt8)
    /// It has another number of addresses (where RFC 9568 is kept to the letter).
    case addressCount(received: Int, own: Int)
    /// The length that its IP header says is another one than what came.
    case totalLength(received: Int, expected: Int)
    /// Its checksum is wrong in every form.
    case checksum(version: UInt8)
    /// It was sent to one of our addresses, and we speak to a group.
    case unexpectedUnicast
    /// It was sent to a group, and we speak to peers.
    case unexpectedMulticast
    /// Its list lacks an address of ours (where RFC 9568 is kept to the letter).
    case missingAddress(IPAddress, routerID: UInt8)
    /// It came from somebody who is no peer.
    case stranger(IPAddress)
    /// It came over more or fewer routers than its peer is configured with.
    case hopsOutOfRange(received: UInt8, allowed: ClosedRange<UInt8>)
    /// Its source is our own address: somebody else has it.
    case ownAddress(IPAddress, priority: UInt8)
}
