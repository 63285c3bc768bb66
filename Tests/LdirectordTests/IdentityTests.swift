import Addresses
import Configuration
import Diagnostics
import IPVS
import Ldirectord
import Testing

/// What `virtual` and `virtual6` can say.
struct IdentityTests {
    @Test(arguments: [
        ("virtual=10.0.0.1:80", TransportProtocol.tcp, "10.0.0.1", UInt16(80)),
        ("virtual = 10.0.0.1:http", .tcp, "10.0.0.1", 80),
        ("virtual=10.0.0.1:53", .udp, "10.0.0.1", 53),
        ("virtual=10.0.0.1:domain # names", .udp, "10.0.0.1", 53),
        ("virtual=10.0.0.1:053", .tcp, "10.0.0.1", 53),
        ("virtual=www.example.com:https", .tcp, "10.0.0.1", 443),
        ("virtual6=[fd00::1]:80", .tcp, "fd00::1", 80),
        ("virtual6=[fd00::1]:domain", .udp, "fd00::1", 53),
        ("virtual6=www.example.com:80", .tcp, "fd00::1", 80),
        ("virtual=web_1:80", .tcp, "10.0.0.31", 80),
    ])
    func addresses(line: String, transport: TransportProtocol, address: String, port: UInt16) throws {
        let read = reading(line + "\n    checktype=connect\n")
        #expect(
            read.configuration?.virtualServers.map(\.service.key) == [.endpoint(transport, try endpoint(address, port))]
        )
    }

    @Test func theProtocolOfTheBlockDecidesAboutTheNameOfThePort() throws {
        let file = LdirectordFile(
            reading: Array("virtual=10.0.0.1:sip\n    protocol=udp\n    real=10.0.0.2:http gate\n".utf8),
            name: "cf",
            context: ReadingContext(hostName: "")
        )
        #expect(file.questions.names == [.service("sip", .udp), .service("http", nil)])
        #expect(file.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("virtual=1", UInt32(1), AddressFamily.ipv4), ("virtual=007 # seven", 7, .ipv4), ("virtual6=12", 12, .ipv6),
        ("virtual=4294967295", .max, .ipv4),
    ])
    func marks(line: String, mark: UInt32, family: AddressFamily) throws {
        let read = reading(line + "\n    checktype=on\n")
        #expect(read.findings == [])
        #expect(read.configuration?.virtualServers.map(\.service.key) == [.mark(mark, family)])
    }

    @Test(arguments: [
        ("virtual=12abc", ["w 1:11 nothing from here on counts"]),
        ("virtual=10.0.0.1:80 old", ["w 1:21 nothing from here on counts"]),
        ("virtual=010.0.0.1:80", ["w 1:9 this is the address 8.0.0.1"]),
        ("virtual=10.0.0.1", ["1:9 a virtual address without a port"]),
        ("virtual=10.0.0.1:", ["1:9 a virtual address without a port"]),
        ("virtual6=10.0.0.1", ["1:10 a virtual address without a port"]),
        ("virtual=0", ["w 1:9 a firewall mark that the kernel cannot have; the service is left out"]),
        ("virtual=4294967296", ["w 1:9 a firewall mark that the kernel cannot have; the service is left out"]),
        ("virtual=", ["1:9 invalid address for virtual server"]),
        ("virtual=www.example.com", ["1:9 invalid address for virtual server"]),
        ("virtual=[fd00::1]", ["1:9 invalid address for virtual server"]),
        ("virtual=[fd00::1]:80", [#"1:9 cannot specify an IPv6 address here. please use "virtual6" instead."#]),
        ("virtual6=[fd00::g]:80", ["1:11 invalid ipv6 address for virtual server"]),
        ("virtual6=10.0.0.1:80", ["1:10 invalid address for virtual service"]),
        ("virtual=10.0.0.256:80", ["1:9 invalid address for virtual service"]),
        ("virtual=10.0.0.1:65536", ["1:18 invalid address for virtual service"]),
        ("virtual=10.0.0.1:nothing", ["1:9 invalid address for virtual service"]),
        ("virtual=nobody:80", ["1:9 invalid address for virtual service"]),
        (
            "virtual=10.0.0.1:0",
            ["w 1:9 port 0, which stands for every port, without persistent; the service is left out"]
        ),
    ])
    func doubtsAndErrors(line: String, findings: [String]) {
        #expect(reading(line + "\n    checktype=on\n").findings == findings)
    }

    @Test func anAddressWithoutAPortIsExplained() throws {
        let found = try #require(reading("virtual=10.0.0.1\n\treal=10.0.0.2:80 gate\n").diagnostics.first)
        #expect(
            found.description == """
                cf:1:9: a virtual address without a port; expected 10.0.0.1:PORT, or the number of a firewall mark
                    virtual=10.0.0.1
                            ^~~~~~~~
                    ldirectord takes this for the firewall mark 10, and the service never sees the address's traffic; \
                --strict-compat does so too.
                """
        )
    }

    @Test func thoseWhoAreStrictGetTheMark() throws {
        let read = reading("virtual=10.0.0.1\n    checktype=on\n", isStrict: true)
        #expect(read.configuration?.virtualServers.map(\.service.key) == [.mark(10, .ipv4)])
        #expect(read.findings == ["w 1:9 ldirectord takes this for the firewall mark 10"])
    }

    @Test func everyPortWithPersistence() throws {
        let server = try virtual("persistent=60", "checktype=on", of: "virtual=10.0.0.1:0")
        #expect(server.service.key.port == 0)
    }

    @Test func oneServiceCanStandOnlyOnce() throws {
        let text = """
            virtual=10.0.0.1:80
                checktype=on
            virtual=10.0.0.1:80
                protocol=udp
                checktype=on
            virtual=7
                checktype=on
            virtual6=7
                checktype=on
            virtual=www.example.com:http
                checktype=on
            virtual=7
                checktype=on
            """
        let read = reading(text)
        #expect(read.findings == ["10:9 duplicate virtual server", "12:9 duplicate virtual server"])
        #expect(read.diagnostics.map(\.note) == ["The first is in line 1.", "The first is in line 6."])
        #expect(read.configuration == nil)
    }
}
