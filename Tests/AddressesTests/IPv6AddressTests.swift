import Addresses
import Glibc
import Testing

struct IPv6AddressTests {
    @Test(
        arguments: [
            "::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "fe80::1:0:0:1", "::ffff:10.0.0.1", "::1.2.3.4", "1::",
            "1:0:0:2::3",
            "0:1::", "::1:0:0:0:0:0:0", "1:0:2:0:3:0:4:0", "::ffff:0:1:2", "1:2:3:4:5:6:1.2.3.4", "ABCD::EF01",
        ]
    )
    func agreesWithTheCLibrary(text: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.description == libraryRewrite(text))
    }

    @Test(
        arguments: [
            "", ":", ":::", "1:::2", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", ":1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:",
            "::1%lo", "1:2:3:4:5:6:7::8", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "[::1]", " ::1",
        ]
    )
    func refuses(text: String) {
        #expect(IPv6Address(text) == nil)
        #expect(libraryRewrite(text) == nil)
    }

    @Test func everyPatternOfZeroGroupsIsWrittenAsTheCLibraryWritesIt() throws {
        for pattern in 0..<256 {
            let groups = (0..<8).map { pattern >> $0 & 1 == 0 ? "0" : "f\($0)" }
            let text = groups.joined(separator: ":")
            let address = try #require(IPv6Address(text))
            #expect(address.description == libraryRewrite(text))
            #expect(IPv6Address(address.description) == address)
        }
    }

    /// What `inet_ntop` makes of what `inet_pton` reads.
    private func libraryRewrite(_ text: String) -> String? {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            inet_ntop(AF_INET6, &bytes, buffer.baseAddress, socklen_t(buffer.count)).map { String(cString: $0) }
        }
    }
}
