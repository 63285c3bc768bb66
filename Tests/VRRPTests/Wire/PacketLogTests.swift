import Addresses
import Failover
import TestKit
import Testing
import Time

@testable import VRRP

/// What is worth a line of those packets that somebody sends ten thousand times a second.
struct PacketLogTests {
    private func packet(_ source: UInt32 = 0x0a00_0009, at seconds: Double) -> ReceivedPacket {
        ReceivedPacket(
            bytes: [],
            includesHeader: true,
            source: .v4(IPv4Address(value: source)),
            destination: .v4(.vrrpGroup),
            hops: 255,
            interface: "eth0",
            arrival: MonotonicTime(nanoseconds: Int64(seconds * 1_000_000_000))
        )
    }

    private func moment(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func theFirstIsToldAtOnceAndThenOneAMinute() {
        var log = RejectionLog()
        let first = log.note(.password, of: packet(at: 0))
        #expect(first?.count == 1)
        #expect(first?.source == IPAddress("10.0.0.9"))
        for second in 1..<60 { #expect(log.note(.password, of: packet(at: Double(second))) == nil) }
        #expect(log.nextMoment == moment(60))
        let report = log.note(.password, of: packet(at: 60))
        #expect(report?.count == 60)
        #expect(report?.hasOtherSources == false)
        #expect(log.counts == [.password: 61])
        #expect(log.nextMoment == nil)
    }

    @Test func whatCameSinceIsToldWhenNothingFollows() {
        var log = RejectionLog()
        _ = log.note(.password, of: packet(at: 0))
        _ = log.note(.password, of: packet(1, at: 1))
        _ = log.note(.password, of: packet(2, at: 2))
        #expect(log.due(at: moment(59)) == [])
        let reports = log.due(at: moment(60))
        #expect(reports.map(\.count) == [2])
        #expect(reports.first?.hasOtherSources == true)
        #expect(log.nextMoment == nil)
        #expect(log.due(at: moment(1_000)) == [])
        // The minute runs from that line.
        #expect(log.note(.password, of: packet(at: 61)) == nil)
        #expect(log.nextMoment == moment(120))
    }

    @Test func reasonsAreToldEach() {
        var log = RejectionLog()
        #expect(log.note(.version(received: 3, own: 2), of: packet(at: 0)) != nil)
        #expect(log.note(.type(2), of: packet(at: 0)) != nil)
        #expect(log.note(.type(3), of: packet(at: 0)) == nil)
        #expect(log.note(.version(received: 4, own: 2), of: packet(at: 0)) == nil)
        #expect(log.due(at: moment(60)).map(\.reason) == [.version(received: 4, own: 2), .type(3)])
    }

    /// Whatever is sent, a line a reason and minute at most; and what is kept does not grow.
    @Test func aFloodIsAFewLines() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var log = RejectionLog()
        var lines = 0
        for index in 0..<50_000 {
            let reasons: [RejectionReason] = [
                .password, .type(.random(in: 0...15, using: &random)),
                .unknownRouter(.random(in: 0...255, using: &random)),
            ]
            let reason = reasons[index % 3]
            if log.note(reason, of: packet(.random(in: 0 ... .max, using: &random), at: Double(index) / 10_000)) != nil
            {
                lines += 1
            }
        }
        #expect(lines == 3, "seed \(seed)")
        #expect(log.counts.values.reduce(0, +) == 50_000)
        #expect(log.due(at: moment(1_000)).count == 3)
        log.clearCounts()
        #expect(log.counts.values.reduce(0, +) == 0)
    }

    @Test func aRemarkIsToldOnceUntilSomethingChanges() {
        var log = RemarkLog()
        let form = PacketRemark.checksumForm(.messageOnly)
        let count = PacketRemark.addressCount(received: 2, own: 1)
        #expect(log.note([form, count], of: packet(at: 0)) == [form, count])
        #expect(log.note([form, count], of: packet(at: 1)) == [])
        #expect(log.note([form, count], of: packet(at: 100_000)) == [])
        // Other facts are told, once a minute.
        let other = PacketRemark.addressCount(received: 3, own: 1)
        #expect(log.note([form, other], of: packet(at: 100_001)) == [other])
        #expect(log.note([form, count], of: packet(at: 100_002)) == [])
        #expect(log.note([form, count], of: packet(at: 100_061)) == [count])
        log.reset()
        #expect(log.note([form, count], of: packet(at: 100_062)) == [form, count])
    }
}
