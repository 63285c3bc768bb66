/// What a virtual router counts since it was made; the names are those of keepalived's dumps, in camel case.
package struct RouterCounters: Hashable, Codable, Sendable {
    /// Advertisements that were accepted (`advert_rcvd`).
    package var advertisementsReceived: UInt64 = 0
    /// Advertisements that were sent (`advert_sent`).
    package var advertisementsSent: UInt64 = 0
    /// Times it became master (`become_master`).
    package var becameMaster: UInt64 = 0
    /// Times it ceased to be master (`release_master`).
    package var releasedMaster: UInt64 = 0
    /// Packets of a wrong length (`packet_len_err`).
    package var lengthErrors: UInt64 = 0
    /// Packets with another interval (`advert_interval_err`).
    package var intervalErrors: UInt64 = 0
    /// Packets that passed a router (`ip_ttl_err`).
    package var hopErrors: UInt64 = 0
    /// Packets that are no advertisement (`invalid_type_rcvd`).
    package var typeErrors: UInt64 = 0
    /// Packets with other addresses (`addr_list_err`).
    package var addressListErrors: UInt64 = 0
    /// Packets with a kind of authentication that nobody knows (`invalid_authtype`).
    package var unknownAuthentications: UInt64 = 0
    /// Packets with another kind of authentication (`authtype_mismatch`).
    package var otherAuthentications: UInt64 = 0
    /// Packets that failed it (`auth_failure`).
    package var authenticationFailures: UInt64 = 0
    /// Packets without a trailer where one is demanded (`auth_ext_missing`).
    package var trailersMissing: UInt64 = 0
    /// Trailers that cannot be read (`auth_ext_malformed`).
    package var trailersMalformed: UInt64 = 0
    /// Trailers by a key that is not known (`auth_ext_unknown_key`).
    package var trailersOfUnknownKeys: UInt64 = 0
    /// Trailers whose digest is wrong (`auth_ext_invalid_hmac`).
    package var trailersInvalid: UInt64 = 0
    /// Trailers that are too old (`auth_ext_stale`).
    package var trailersStale: UInt64 = 0
    /// Trailers that were seen before (`auth_ext_replay`).
    package var trailersReplayed: UInt64 = 0
    /// Advertisements of priority 0 that were accepted (`pri_zero_rcvd`).
    package var priorityZeroReceived: UInt64 = 0
    /// Advertisements of priority 0 that were sent (`pri_zero_sent`).
    package var priorityZeroSent: UInt64 = 0
    /// All packets that were rejected, for whatever reason.
    package var rejected: UInt64 = 0
    /// Times another router was found to be master beside it, at most one a minute.
    package var twoMasters: UInt64 = 0
    /// Times it was woken later than a peer waits.
    package var stalls: UInt64 = 0

    /// Makes counters at zero.
    package init() {}
}
