import Addresses
import IPVS
import Netlink
import TestKit
import Testing

@testable import IPVSNetlink

/// What is written as a request reads as the same value; the argument is the seed.
struct CodecRoundTripTests {
    @Test(arguments: [UInt64](1...500))
    func everyChangeComesThrough(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let key = random.serviceKey()
        let destination = random.destination(random.family())
        let changes: [Change] = [
            .addService(random.service()), .editService(random.service()), .deleteService(key),
            .addDestination(destination, to: key), .editDestination(destination, of: key),
            .deleteDestination(destination.endpoint, of: key), .zero(key), .zero(nil), .flush,
            .setTimeouts(Timeouts(tcp: UInt32(seed), tcpFin: .max, udp: 0)), .startDaemon(random.daemon()),
            .stopDaemon(.backup),
        ]
        let channel = FakeKernelChannel()
        for change in changes {
            var writer = MessageWriter()
            writer.message(type: 28, flags: .none, sequence: 1) { $0.request(for: change) }
            let bytes = writer.bytes
            let attributes = MessageCursor.headerLength + WireFormat.genericHeaderLength..<bytes.count
            #expect(bytes.count % 4 == 0)
            #expect(channel.change(bytes[16], attributes, of: bytes.span.bytes) == change)
        }
    }

    @Test func everyNumberOfAServerHasItsPlace() throws {
        var writer = MessageWriter()
        let wanted = DestinationStatus(
            destination: Example.server(1),
            activeConnections: 11,
            inactiveConnections: 12,
            persistentConnections: 13,
            statistics: {
                var random = SeededGenerator(seed: 5); return random.statistics()
            }()
        )
        writer.nest(TopAttribute.destination) { writer in
            writer.destination(wanted.destination)
            writer.attribute(DestinationAttribute.activeConnections, UInt32(11))
            writer.attribute(DestinationAttribute.inactiveConnections, UInt32(12))
            writer.attribute(DestinationAttribute.persistentConnections, UInt32(13))
            writer.nest(DestinationAttribute.statistics) { $0.attribute(StatisticsAttribute.connections, UInt32(99)) }
            writer.nest(DestinationAttribute.statistics64) { writer in
                let counters = [
                    wanted.statistics.connections, wanted.statistics.incomingPackets,
                    wanted.statistics.outgoingPackets, wanted.statistics.incomingBytes,
                    wanted.statistics.outgoingBytes, wanted.statistics.rates.connections,
                    wanted.statistics.rates.incomingPackets, wanted.statistics.rates.outgoingPackets,
                    wanted.statistics.rates.incomingBytes, wanted.statistics.rates.outgoingBytes,
                ]
                for (index, counter) in counters.enumerated() { writer.attribute(UInt16(index + 1), counter) }
            }
        }
        let bytes = writer.bytes
        let found = try ReplyDecoder.destination(in: 0..<bytes.count, of: bytes.span.bytes, serviceFamily: .ipv4)
        #expect(found == wanted)
    }

    @Test(arguments: [UInt64](1...100))
    func countersComeThroughInBothWidths(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let wanted = random.statistics()
        let values = [
            wanted.connections, wanted.incomingPackets, wanted.outgoingPackets, wanted.incomingBytes,
            wanted.outgoingBytes, wanted.rates.connections, wanted.rates.incomingPackets, wanted.rates.outgoingPackets,
            wanted.rates.incomingBytes, wanted.rates.outgoingBytes,
        ]
        var writer = MessageWriter()
        for (index, value) in values.enumerated() { writer.attribute(UInt16(index + 1), value) }
        writer.attribute(StatisticsAttribute.outgoingByteRate + 1, UInt32(0))
        let wide = writer.bytes
        #expect(try ReplyDecoder.statistics(in: 0..<wide.count, of: wide.span.bytes) == wanted)
        writer.removeAll()
        for (index, value) in values.enumerated() {
            if index == 3 || index == 4 {
                writer.attribute(UInt16(index + 1), value)
            } else {
                writer.attribute(UInt16(index + 1), UInt32(truncatingIfNeeded: value))
            }
        }
        let narrow = writer.bytes
        let found = try ReplyDecoder.statistics(in: 0..<narrow.count, of: narrow.span.bytes)
        #expect(found.incomingBytes == wanted.incomingBytes)
        #expect(found.connections == wanted.connections & 0xffff_ffff)
    }
}
