import Addresses
import IPVS
import TestKit
import Testing

struct ServiceKeyTests {
    @Test func addressesComeBeforeMarksAndFamiliesBeforeProtocols() {
        let sorted = [
            ServiceKey.endpoint(.tcp, Example.endpoint("10.0.0.1", 80)),
            .endpoint(.tcp, Example.endpoint("10.0.0.1", 443)),
            .endpoint(.tcp, Example.endpoint("192.168.0.1", 80)),
            .endpoint(.udp, Example.endpoint("10.0.0.1", 53)),
            .endpoint(.sctp, Example.endpoint("1.0.0.1", 1)),
            .endpoint(.tcp, Example.endpoint("::1", 80)),
            .endpoint(.udp, Example.endpoint("::", 80)),
            .mark(1, .ipv4),
            .mark(1, .ipv6),
            .mark(.max, .ipv4),
        ]
        for left in sorted.indices {
            for right in sorted.indices { #expect((sorted[left] < sorted[right]) == (left < right)) }
        }
    }
}
