/// What matters of a response of SIP.
struct SIPResponse: Hashable, Sendable {
    /// The status, 100 to 699.
    var status: Int
    /// The status with its phrase, for people.
    var statusLine: String
    /// The value of `Call-ID`, where there is one.
    var callID: String?
}
