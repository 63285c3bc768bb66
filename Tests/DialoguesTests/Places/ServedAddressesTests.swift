import Addresses
import Dialogues
import Testing

struct ServedAddressesTests {
    private let servers = [Endpoint(address: .v4(IPv4Address(value: 1)), port: 8080)]
    private let service = Endpoint(address: .v4(IPv4Address(value: 9)), port: 80)

    @Test func aServiceIsItsServers() {
        var served = ServedAddresses()
        served.add(service, servers: servers)
        #expect(served.service(at: service, for: servers[0].address) == .sameServer(servers[0]))
        #expect(served.service(at: service, for: service.address) == .otherServers)
        let other = Endpoint(address: service.address, port: 81)
        #expect(served.service(at: other, for: servers[0].address) == nil)
    }

    @Test func aServiceOfEveryPortLeavesThePort() {
        var served = ServedAddresses()
        let server = servers[0].address
        served.add(
            Endpoint(address: service.address, port: 0),
            servers: [Endpoint(address: server, port: 0)]
        )
        #expect(served.service(at: service, for: server) == .sameServer(Endpoint(address: server, port: 80)))
    }
}
