import Addresses
import IPVS
import Netlink
import TestKit
import Testing

@testable import IPVSNetlink

/// Whatever bytes come, decoding ends with a value or an error.
struct HostileReplyTests {
    private func decodeEverything(_ datagram: [UInt8], family: UInt16) {
        let kernel = NetlinkKernel(channel: ReplayChannel(family: family, datagrams: [datagram]))
        _ = try? kernel.information()
        _ = try? kernel.timeouts()
        _ = try? kernel.daemons()
        _ = try? kernel.snapshot()
        _ = try? kernel.service(Example.web)
        _ = kernel.apply([.addService(VirtualService(key: Example.web))])
    }

    @Test(arguments: Recording.names)
    func cutAnywhere(name: String) throws {
        let recording = try Recording(name)
        let datagram = try #require(recording.datagrams.first)
        for length in 0..<min(datagram.count, 700) {
            decodeEverything(Array(datagram[..<length]), family: recording.family)
        }
    }

    @Test(arguments: Recording.names, [UInt64](1...20))
    func mutated(name: String, seed: UInt64) throws {
        let recording = try Recording(name)
        var random = SeededGenerator(seed: seed)
        for var datagram in recording.datagrams {
            for _ in 0..<10 {
                let place = Int.random(in: 0..<datagram.count, using: &random)
                datagram[place] = random.once(in: 2) ? .max : .random(in: 0 ... .max, using: &random)
                decodeEverything(datagram, family: recording.family)
            }
        }
    }

    @Test func wrongLengthsInAHeaderAreMalformed() {
        for length: UInt32 in [0, 15, 17, .max] {
            var writer = MessageWriter()
            writer.append(length)
            for _ in 0..<3 { writer.append(UInt32(0)) }
            let kernel = NetlinkKernel(channel: ReplayChannel(family: 28, datagrams: [writer.bytes]))
            #expect(throws: IPVSError.malformedReply("a message or attribute has an impossible length")) {
                try kernel.information()
            }
        }
    }

    @Test func anAnswerThatCannotBeReadIsTakenToItsEnd() throws {
        let recording = try Recording("services")
        let channel = ReplayChannel(family: recording.family, datagrams: recording.datagrams)
        let kernel = NetlinkKernel(channel: channel)
        // Services are no daemons.
        let error = IPVSError.malformedReply(DecodingError.missing(attribute: TopAttribute.daemon).description)
        #expect(throws: error) { try kernel.daemons() }
        #expect(channel.isDrained)
    }

    @Test func aDumpThatBrokeOffIsRefused() {
        var writer = MessageWriter()
        for word in [20, 3, 0, 0, UInt32(bitPattern: -12)] as [UInt32] { writer.append(word) }
        let kernel = NetlinkKernel(channel: ReplayChannel(family: 28, datagrams: [writer.bytes]))
        #expect(throws: IPVSError.refused(.outOfMemory)) { try kernel.snapshot() }
    }

    @Test func anAttributeLongerThanTheRestIsNoEnd() {
        var writer = MessageWriter()
        writer.nest(TopAttribute.destination) {
            $0.attribute(DestinationAttribute.address, UInt32(1))
            $0.attribute(DestinationAttribute.port, UInt16(80))
            $0.attribute(DestinationAttribute.forwarding, UInt32(0))
            $0.append(UInt16(200))
            $0.append(DestinationAttribute.weight)
            $0.append(UInt32(5))
        }
        let bytes = writer.bytes
        #expect(throws: DecodingError.badLength) {
            try ReplyDecoder.destination(in: 0..<bytes.count, of: bytes.span.bytes, serviceFamily: .ipv4)
        }
    }

    @Test func shortMissingAndRepeatedAttributes() throws {
        var writer = MessageWriter()
        writer.nest(1) {
            $0.attribute(ServiceAttribute.family, UInt16(2))
            $0.attribute(ServiceAttribute.mark, UInt32(5))
            $0.attribute(ServiceAttribute.mark, UInt32(6))
            $0.attribute(4000, "unknown")
        }
        #expect(throws: DecodingError.missing(attribute: ServiceAttribute.scheduler)) { try decode(writer) }
        let incomplete = writer
        writer.removeAll()
        writer.nest(1) {
            for byte in incomplete.bytes.dropFirst(4) { $0.append(byte) }
            $0.attribute(ServiceAttribute.scheduler, "rr")
        }
        #expect(try decode(writer).service == VirtualService(key: .mark(6, .ipv4), scheduler: "rr"))
        writer.removeAll()
        writer.nest(1) { $0.attribute(ServiceAttribute.family, UInt8(2)) }
        #expect(throws: DecodingError.short(attribute: ServiceAttribute.family)) { try decode(writer) }
        writer.removeAll()
        writer.nest(1) {
            $0.attribute(ServiceAttribute.family, UInt16(3))
            $0.attribute(ServiceAttribute.scheduler, "rr")
        }
        #expect(throws: DecodingError.unknownFamily(3)) { try decode(writer) }
    }

    private func decode(_ writer: MessageWriter) throws(DecodingError) -> ServiceStatus {
        let bytes = writer.bytes
        return try ReplyDecoder.service(in: 0..<bytes.count, of: bytes.span.bytes)
    }
}
