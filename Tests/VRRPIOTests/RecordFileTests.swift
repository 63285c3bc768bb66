import Glibc
import System
import TestKit
import Testing
import Time
import VRRP

@testable import VRRPIO

struct RecordFileTests {
    private let folder: TemporaryFolder
    private let boot = BootIdentity(high: 1, low: 2)
    private var path: String { "\(folder.path)/records" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func record(_ digest: UInt64, _ seconds: Int64, _ state: RouterState = .master) -> NodeRecord {
        NodeRecord(
            digest: digest,
            boot: boot,
            state: state,
            lastAdvertisement: MonotonicTime(nanoseconds: seconds * 1_000_000_000),
            headerSequence: UInt32.max - UInt32(seconds)
        )
    }

    @Test func theLastRecordOfEachRouterIsFoundAgain() throws {
        do {
            let file = try RecordFile(at: path, boot: boot)
            #expect(file.records.isEmpty)
            for second in 0..<5 as Range<Int64> {
                file.write(record(7, second))
                file.write(record(8, second, .backup))
            }
            file.write(record(9, 1))
            file.clear(digest: 8)
        }
        let again = try RecordFile(at: path, boot: boot)
        #expect(again.records == [record(7, 4), record(9, 1)])
        again.write(record(10, 2))
        #expect(again.records == [record(7, 4), record(10, 2), record(9, 1)])
    }

    /// The number of a copy begins again after 2^24 of them, which is two days of 10 ms.
    @Test(arguments: [1, 2, 0x7f_ffff, 0x80_0000, 0xff_fffe, 0xff_ffff, 0x100_0000, 0x2ff_ffff] as [UInt32])
    func theLaterCopyIsKnown(number: UInt32) {
        let copy = RecordFile.Copy(record(7, 1), number: number)
        let next = RecordFile.Copy(record(7, 2), number: number &+ 1)
        #expect(next.isNewer(than: copy))
        #expect(!copy.isNewer(than: next))
        #expect(!copy.isNewer(than: copy))
        #expect(next.record(of: boot) == record(7, 2))
    }

    @Test func anotherRunOfTheMachineBeginsAnew() throws {
        do { try RecordFile(at: path, boot: boot).write(record(7, 1)) }
        let later = try RecordFile(at: path, boot: BootIdentity(high: 1, low: 3))
        #expect(later.records.isEmpty)
    }

    /// A death between two stores leaves the record before it, at whichever byte the newer one ends.
    @Test(arguments: 0..<32)
    func aHalfWrittenRecordGivesWayToTheOneBefore(end: Int) throws {
        let file = try RecordFile(at: path, boot: boot)
        file.write(record(7, 1))
        file.write(record(7, 2))
        let before = try [UInt8](contentsOf: path)
        file.write(record(7, 3))
        let after = try [UInt8](contentsOf: path)
        let changed = before.indices.filter { before[$0] != after[$0] }
        let copy = try #require(changed.first) / 32 * 32
        var torn = before
        torn.replaceSubrange(copy..<copy + end, with: after[copy..<copy + end])
        let descriptor = try Descriptor(open: "\(path).torn", O_WRONLY | O_CREAT, mode: 0o600)
        try descriptor.write(torn)
        let found = try RecordFile(at: "\(path).torn", boot: boot).records
        #expect(found == [record(7, 2)] || found == [record(7, 3)])
    }

    @Test func junkIsNoRecord() throws {
        let seed: UInt64 = 3
        var generator = SeededGenerator(seed: seed)
        for round in 0..<50 {
            let place = "\(path).\(round)"
            do { try RecordFile(at: place, boot: boot).write(record(7, 1)) }
            var bytes = try [UInt8](contentsOf: place)
            for _ in 0..<40 {
                bytes[Int.random(in: 24..<512, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            try Descriptor(open: place, O_WRONLY).write(bytes)
            let file = try RecordFile(at: place, boot: boot)
            #expect(file.records.isEmpty || file.records == [record(7, 1)], "seed \(seed), round \(round)")
            file.write(record(8, 1))
            #expect(file.records.contains(record(8, 1)), "seed \(seed), round \(round)")
        }
    }

    @Test func aRouterBeyondTheCapacityHasNone() throws {
        let file = try RecordFile(at: path, boot: boot)
        for digest in 1...UInt64(RecordFile.capacity + 5) { file.write(record(digest, 1)) }
        #expect(file.records.count == RecordFile.capacity)
    }

    @Test func aFileThatOthersMayWriteIsRefused() throws {
        _ = try Descriptor(open: path, O_WRONLY | O_CREAT, mode: 0o600)
        chmod(path, 0o666)
        #expect(throws: SystemFailure(call: "open", number: EPERM)) { try RecordFile(at: path, boot: boot) }
    }

    @Test func theRunOfThisMachineIsKnown() {
        #expect(BootIdentity.current != nil)
        #expect(
            BootIdentity(text: "01234567-89ab-cdef-0011-223344556677\n")
                == BootIdentity(high: 0x0123_4567_89ab_cdef, low: 0x0011_2233_4455_6677)
        )
        #expect(BootIdentity(text: "0123") == nil)
    }
}
