import Addresses
import Failover
import TestKit
import Testing

@testable import VRRP

/// What once brought the fuzzer to a halt, or looks as if it might, has a verdict.
struct FuzzAdvertisementTests {
    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/advertisements"))
    func aPacketDoesNoHarm(name: String) throws {
        #expect(receiveAdvertisement(try SourceTree.bytes(of: "Fixtures/fuzz/advertisements/\(name)")) == 0)
    }

    @Test(arguments: try SourceTree.names(in: "Fixtures/fuzz/advertisements"), [UInt64](1...5))
    func aDamagedPacketDoesNoHarm(name: String, seed: UInt64) throws {
        let bytes = try SourceTree.bytes(of: "Fixtures/fuzz/advertisements/\(name)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 { #expect(receiveAdvertisement(random.damaged(bytes)) == 0, "seed \(seed)") }
    }

    /// Bytes of chance, and what routers send with a few bytes changed, to every router.
    @Test(arguments: hearingRouters.indices)
    func anythingAtAllDoesNoHarm(choice: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("junk \(choice): seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let router = hearingRouters[choice]
        let good = try #require(ReceivedPacket.first(of: router)).bytes
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...100, using: &random) {
                bytes.append(.random(in: 0 ... .max, using: &random))
            }
            let way = UInt8.random(in: 0...7, using: &random)
            #expect(receiveAdvertisement([UInt8(choice), way] + bytes) == 0, "seed \(seed)")
            #expect(receiveAdvertisement([UInt8(choice), way] + random.damaged(good)) == 0, "seed \(seed)")
        }
    }

    /// A good packet in the midst of junk counts as if there were none.
    @Test func junkDoesNotStandInTheWay() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("junk between advertisements: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let router = VirtualRouter.test { $0.authentication = .header(Array("AHpass12".utf8)) }
        var writer = AdvertisementWriter(router)
        var receiver = AdvertisementReceiver(router)
        let source = IPAddress.v4(IPv4Address(value: 0x0a00_0009))
        for _ in 0..<300 {
            let sent = try #require(writer.write(priority: 100, from: source, clock: .zero).first)
            let packet = ReceivedPacket(sent)
            for _ in 0..<5 {
                var junk = packet
                junk.bytes = random.damaged(packet.bytes)
                // What routers change on the way changes nothing.
                if AuthenticationHeader.isSame(junk.bytes, packet.bytes) { continue }
                #expect(receiver.check(junk).reason != nil, "seed \(seed)")
            }
            #expect(receiver.check(packet).remarks == [], "seed \(seed)")
        }
    }
}

extension AuthenticationHeader {
    /// Whether two packets differ in nothing that the digest covers.
    fileprivate static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.indices.allSatisfy { left[$0] == right[$0] || [1, 6, 7, 10, 11].contains($0) }
    }
}

extension SeededGenerator {
    /// Bytes of which some are changed, left out or put in.
    fileprivate mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            guard !damaged.isEmpty else { break }
            let place = Int.random(in: damaged.indices, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: damaged.remove(at: place)
            case 1: damaged.insert(.random(in: 0 ... .max, using: &self), at: place)
            case 2: damaged.removeSubrange(place...)
            default: damaged[place] = .random(in: 0 ... .max, using: &self)
            }
        }
        return damaged
    }
}
