import Addresses
import Configuration
import IPVS
import Testing

/// Which port a server has in the kernel's table.
struct PortRuleTests {
    static let translated: [ForwardingMethod] = [.masquerade]
    static let untranslated: [ForwardingMethod] = [.directRoute, .tunnel, .local, .bypass]

    private func endpoint(_ text: String, _ port: UInt16) throws -> Endpoint {
        Endpoint(address: try #require(IPAddress(text)), port: port)
    }

    private func port(_ written: UInt16?, _ forwarding: ForwardingMethod, behind key: ServiceKey) throws -> UInt16 {
        let address = try endpoint("10.0.0.2", 0).address
        let server = RealServer(address: address, port: written, forwarding: forwarding)
        return server.destination(in: VirtualService(key: key)).endpoint.port
    }

    @Test(arguments: translated + untranslated)
    func behindAnAddress(forwarding: ForwardingMethod) throws {
        let key = ServiceKey.endpoint(.tcp, try endpoint("10.0.0.1", 80))
        let isTranslated = forwarding == .masquerade
        #expect(try port(8080, forwarding, behind: key) == (isTranslated ? 8080 : 80))
        #expect(try port(0, forwarding, behind: key) == (isTranslated ? 0 : 80))
        #expect(try port(nil, forwarding, behind: key) == 80)
    }

    @Test(arguments: translated + untranslated)
    func behindAMark(forwarding: ForwardingMethod) throws {
        let key = ServiceKey.mark(7, .ipv4)
        #expect(try port(8080, forwarding, behind: key) == 8080)
        #expect(try port(nil, forwarding, behind: key) == 0)
    }

    /// Services of one pool may have different ports.
    @Test func behindEachServiceOfAPool() throws {
        let keys = try [80, 8080].map { ServiceKey.endpoint(.tcp, try endpoint("10.0.0.1", $0)) } + [.mark(1, .ipv4)]
        #expect(try keys.map { try port(nil, .masquerade, behind: $0) } == [80, 8080, 0])
        #expect(try keys.map { try port(443, .directRoute, behind: $0) } == [80, 8080, 443])
    }

    @Test func whatElseTheKernelHas() throws {
        let address = try endpoint("10.0.0.2", 0).address
        var server = RealServer(address: address, port: 80, forwarding: .tunnel, weight: 7)
        server.tunnel = Tunnel(kind: .gue, port: 6080, checksum: .on)
        (server.upperThreshold, server.lowerThreshold) = (9, 4)
        #expect(
            server.destination(in: VirtualService(key: .endpoint(.udp, try endpoint("10.0.0.1", 53))))
                == Destination(
                    endpoint: try endpoint("10.0.0.2", 53),
                    forwarding: .tunnel,
                    weight: 7,
                    upperThreshold: 9,
                    lowerThreshold: 4,
                    tunnel: Tunnel(kind: .gue, port: 6080, checksum: .on)
                )
        )
    }
}
