import Addresses
import CNetlink
import Links
import Netlink
import Testing

@testable import LinksNetlink

/// What is told by the groups of rtnetlink, where a test is the kernel.
struct ChangeTests {
    private let changes = PlayedChannel()
    private let routes = PlayedChannel()
    private let kernel: NetlinkLinks

    init() {
        kernel = NetlinkLinks(requests: PlayedChannel(), port: 4711, changes: changes, routes: routes)
    }

    /// A datagram with one message of a port.
    private func datagram(
        _ type: UInt16,
        port: UInt32 = 0,
        _ body: (inout MessageWriter) -> Void
    ) -> Result<[UInt8], NetlinkError> {
        var writer = MessageWriter()
        writer.message(type: type, flags: .none, sequence: 0, body: body)
        var bytes = writer.bytes
        withUnsafeBytes(of: port) { bytes.replaceSubrange(12..<16, with: $0) }
        return .success(bytes)
    }

    private func link(_ type: UInt16, family: UInt8 = 0, _ name: String = "eth0") -> Result<[UInt8], NetlinkError> {
        datagram(type) { writer in
            var header = ifinfomsg()
            header.ifi_family = family
            header.ifi_index = 2
            writer.append(header)
            writer.attribute(LinkAttribute.name, name)
        }
    }

    @Test func whoMadeAChangeIsToldByThePort() throws {
        let address = LinkAddress(.v4(.init(value: 0x0a01_0001)), on: "eth0")
        changes.coming = [link(MessageType.newLink)]
        for port: UInt32 in [0, 4711, 815] {
            changes.coming.append(
                datagram(MessageType.deleteAddress, port: port) { $0.addressRequest(address, interface: 2) }
            )
        }
        let found = try kernel.takeChanges()
        #expect(found.dropFirst().map(\.cause) == [.kernel, .ourselves, .port(815)])
        #expect(found.last?.subject == .addressGone(AddressState(address, interface: 2)))
    }

    /// A port that leaves a bridge is told by the same message as an interface that is gone, by family AF_BRIDGE.
    @Test func aPortThatLeavesItsBridgeIsNotGone() throws {
        changes.coming = [link(MessageType.newLink), link(MessageType.deleteLink, family: UInt8(AF_BRIDGE))]
        #expect(try kernel.takeChanges().count == 1)
    }

    @Test func whatWasLostMustBeReadAgainAndOnlyThat() throws {
        changes.coming = [.failure(.noBufferSpace), link(MessageType.newLink)]
        let found = try kernel.takeChanges()
        #expect(found.count == 2)
        #expect(found.last == LinkChange(.overrun([.links, .rules]), by: .kernel))
        routes.coming = [.failure(.noBufferSpace)]
        #expect(try kernel.takeChanges() == [LinkChange(.overrun(.routes), by: .kernel)])
        #expect(try kernel.takeChanges() == [])
    }

    /// A message that cannot be read may have told of anything.
    @Test func whatCannotBeReadMustBeReadAgain() throws {
        changes.coming = [datagram(MessageType.newAddress) { $0.append(UInt8(0)) }, .success([1, 2, 3])]
        #expect(try kernel.takeChanges() == [LinkChange(.overrun([.links, .rules]), by: .kernel)])
    }

    @Test func aSocketThatFailsIsOver() {
        changes.coming = [.failure(.notPermitted)]
        #expect(throws: LinksError.transport(1)) { try kernel.takeChanges() }
    }

    /// Whoever makes changes without end does not keep the reader for ever.
    @Test func aReadingEndsThoughThereIsMore() throws {
        changes.coming = Array(repeating: link(MessageType.newLink), count: 5000)
        #expect(try kernel.takeChanges().count == 4096)
        #expect(try kernel.takeChanges().count == 904)
    }

    @Test func anInterfaceIsCalledByItsLastName() throws {
        let address = LinkAddress(.v4(.init(value: 0x0a01_0001)), on: "")
        changes.coming = [link(MessageType.newLink), link(MessageType.newLink, "wan")]
        changes.coming.append(datagram(MessageType.newAddress) { $0.addressRequest(address, interface: 2) })
        guard case .address(let state)? = try kernel.takeChanges().last?.subject else {
            Issue.record("no address")
            return
        }
        #expect(state.address.interface == "wan")
    }
}
