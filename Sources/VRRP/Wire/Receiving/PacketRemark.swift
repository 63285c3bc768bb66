package import Addresses
package import Failover

/// What was noticed of a packet that counts all the same.
package enum PacketRemark: Hashable, Codable, Sendable {
    /// Its list has another number of addresses than ours.
    case addressCount(received: Int, own: Int)
    /// Its list lacks an address of ours: the first of them.
    case missingAddress(IPAddress)
    /// Its interval is not ours (version 3, where the master's holds).
    case interval(received: Duration, own: Duration)
    /// Its checksum has a form that is not the one we send.
    case checksumForm(ChecksumForm)
    /// It has the old value of a setting that was changed a short time ago.
    case oldSetting(PeerDifference)
    /// It has no trailer, and may do without.
    case withoutTrailer
}
