/// A type of DNS records that a check can ask for, by its word in zone files.
package enum DNSRecordType: String, CaseIterable, Hashable, Sendable {
    case address = "A"
    case nameServer = "NS"
    case canonicalName = "CNAME"
    case startOfAuthority = "SOA"
    case mailExchange = "MX"
    case text = "TXT"
    case address6 = "AAAA"
    case signature = "RRSIG"
    case key = "DNSKEY"

    /// Reads the word in any case; nil for another one.
    package init?(word: String) {
        self.init(rawValue: word.uppercased())
    }
}
