import Addresses
import IPVS
import IPVSAdm
import Rules
import Testing
import Texts

struct ConnectionListingTests {
    @Test(
        arguments: [
            ("connections.txt", false, false), ("connections-names.txt", true, false),
            ("connections-persistent.txt", false, true),
        ]
    )
    func theKernelsFileIsShownInTheBytesOfTheOriginal(file: String, hasNames: Bool, showsEngines: Bool) throws {
        let connections = try Fixture.listing("connections.proc").split(separator: "\n").compactMap(Connection.init)
        #expect(connections.count == 12)
        let text = Self.text(connections, showsEngines: showsEngines, names: hasNames ? ExampleNames() : nil)
        #expect(text == (try Fixture.listing(file)))
    }

    @Test(
        arguments: [
            (
                "TCP 0A010001 0FA1 0A000001 0050 0A010002 0050 SYN_RECV         58",
                "TCP 00:58  SYN_RECV    10.1.0.1:4001      10.0.0.1:80        10.1.0.2:80"
            ),
            (
                "SCTP 0A010001 0FA2 0A000001 0052 0A010002 0052 INIT1             2",
                "SCTP 00:02  INIT1       10.1.0.1:4002      10.0.0.1:82        10.1.0.2:82"
            ),
            (
                "TCP 0A010001 0000 0A000001 0050 0A010002 0050 NONE           7198",
                "TCP 119:58 NONE        10.1.0.1:0         10.0.0.1:80        10.1.0.2:80"
            ),
            (
                "IP  0A010001 0000 00000008 0000 0A010003 0000 NONE             98",
                "IP  01:38  NONE        10.1.0.1:0         0.0.0.8:0          10.1.0.3:0"
            ),
            (
                "UDP 0A010001 0000 0A000001 13C4 0A010002 13C4 NONE             60 sip abc def",
                "UDP 01:00  NONE        10.1.0.1:0         10.0.0.1:5060      10.1.0.2:5060    sip                abc def"
            ),
        ]
    )
    func aLineOfTheFileBecomesALine(line: String, shown: String) throws {
        let connection = try #require(Connection(line: line))
        let text = Self.text([connection], showsEngines: true, names: nil)
        #expect(text.split(separator: "\n").last.map(String.init) == shown)
    }

    @Test
    func theDataOfAnEngineIsShownWhole() throws {
        let data = String(repeating: "call identifier ", count: 15) + "end"
        let address = "2001:0db8:1234:5678:9abc:def0:1234:5678"
        let line = "UDP \(address) 0000 \(address) 13C4 \(address) 13C4 NONE             60 sip \(data)"
        let text = Self.text([try #require(Connection(line: line))], showsEngines: true, names: nil)
        #expect(text.split(separator: "\n").count == 3)
        #expect(text.hasSuffix(" sip                \(data)\n"))
    }

    private static func text(
        _ connections: [Connection],
        showsEngines: Bool,
        names: (any NameService)?
    ) -> String {
        let listing = ConnectionListing(showsEngines: showsEngines, names: EndpointNames(names))
        var text = TextBuffer()
        listing.appendHeading(to: &text)
        for connection in connections { listing.append(connection, to: &text) }
        return text.string
    }
}
