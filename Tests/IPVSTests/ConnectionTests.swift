import Addresses
import IPVS
import TestKit
import Testing

struct ConnectionTests {
    @Test func readsALineOfTheKernel() throws {
        let line = "TCP 0A010001 0FA1 0A000001 0050 0A010002 0050 SYN_RECV         58"
        let connection = try #require(Connection(line: line))
        #expect(connection.transport == "TCP")
        #expect(connection.source == Example.endpoint("10.1.0.1", 4001))
        #expect(connection.virtual == Example.endpoint("10.0.0.1", 80))
        #expect(connection.destination == Example.endpoint("10.1.0.2", 80))
        #expect(connection.state == "SYN_RECV")
        #expect(connection.expires == 58)
        #expect(connection.engine == nil)
    }

    @Test func readsIPv6AndWhatAnEngineNoted() throws {
        let address = "2001:0db8:0000:0000:0000:0000:0000:0001"
        let line = "UDP \(address) 13C4 \(address) 13C4 \(address) 13C5 UDP             299 sip call id@host"
        let connection = try #require(Connection(line: line))
        #expect(connection.destination == Example.endpoint("2001:db8::1", 5061))
        #expect(connection.engine == Connection.Engine(name: "sip", data: "call id@host"))
    }

    @Test(
        arguments: [
            "", "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData",
            "TCP 0A010001 0FA1 0A000001 0050 0A010002 0050 SYN_RECV", "TCP x 0FA1 0A000001 0050 0A010002 0050 NONE 1",
            "TCP 0A010001 10000 0A000001 0050 0A010002 0050 NONE 1",
        ]
    )
    func refusesWhatIsNoConnection(line: String) {
        #expect(Connection(line: line) == nil)
    }
}
