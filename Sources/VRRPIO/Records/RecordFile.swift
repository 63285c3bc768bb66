import CLinux
import Glibc
package import System
import Time
package import VRRP

/// The records of virtual routers in a file that this process shares with itself after its death: mapped, so that a record costs a few
/// stores and no system call.
///
/// The file has slots of 64 bytes. The first tells what file it is, of which run of the machine, and how far it is in use; the others
/// hold a router each, twice: the older copy is written over, so that a death between two stores leaves the newer one whole.
package final class RecordFile {
    /// The most routers that are recorded.
    package static let capacity = 4095

    private static let slotSize = 64
    private static let length = (capacity + 1) * slotSize
    /// `DIRVRRP` and the number of the layout.
    private static let magic: UInt64 = 0x4449_5256_5252_5002

    private let boot: BootIdentity
    private let file: Descriptor
    private let bytes: UnsafeMutableRawBufferPointer
    /// The slot of each router, by its digest.
    private var slots: [UInt64: Int] = [:]
    private var free: [Int] = []
    private var next = 1

    /// Opens the file at a path, or makes it; what another run of the machine left in it is forgotten.
    ///
    /// - Throws: `SystemFailure` of `open`, `ftruncate` or `mmap`; `EPERM` for a file that is somebody else's.
    package init(at path: String, boot: BootIdentity) throws(SystemFailure) {
        self.boot = boot
        let file = try Descriptor(open: path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600)
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw .last("fstat") }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw SystemFailure(call: "open", number: EPERM)
        }
        guard ftruncate(file.number, off_t(Self.length)) == 0 else { throw .last("ftruncate") }
        let start = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, file.number, 0)
        guard let start, start != MAP_FAILED else { throw .last("mmap") }
        self.file = file
        bytes = UnsafeMutableRawBufferPointer(start: start, count: Self.length)
        prepare()
    }

    deinit {
        munmap(bytes.baseAddress, bytes.count)
    }

    /// The records of this run of the machine.
    package var records: [NodeRecord] { slots.values.sorted().compactMap { read($0) } }

    /// Writes the record of a router in place of its last one.
    ///
    /// A router beyond the capacity has none: its mastership ends with the process.
    package func write(_ record: NodeRecord) {
        guard let slot = slots[record.digest] ?? takeSlot() else { return }
        slots[record.digest] = slot
        let copies = (copy(slot, 0), copy(slot, 1))
        let (older, newest): (Int, Copy?) =
            switch copies {
            case (nil, let second): (0, second)
            case (let first, nil): (1, first)
            case (let first?, let second?): first.isNewer(than: second) ? (1, first) : (0, second)
            }
        store(Copy(record, number: (newest?.number ?? 0) &+ 1), slot, older)
    }

    /// Removes the record with a digest.
    package func clear(digest: UInt64) {
        guard let slot = slots.removeValue(forKey: digest) else { return }
        erase(slot)
        free.append(slot)
    }

    // MARK: The file

    private func prepare() {
        let header = [Self.magic, boot.high, boot.low]
        let end = Int(clamping: word(3))
        guard (0..<3).map({ word($0) }) == header, (1...Self.capacity + 1).contains(end) else {
            // What was in the file is gone with its pages, and none is touched before it is needed.
            guard ftruncate(file.number, 0) == 0, ftruncate(file.number, off_t(Self.length)) == 0 else {
                bytes.initializeMemory(as: UInt8.self, repeating: 0)
                return begin(header)
            }
            return begin(header)
        }
        next = end
        for slot in 1..<end {
            if let record = read(slot), slots[record.digest] == nil {
                slots[record.digest] = slot
            } else {
                erase(slot)
                free.append(slot)
            }
        }
    }

    private func begin(_ header: [UInt64]) {
        for (place, word) in (header + [1]).enumerated() { setWord(place, to: word) }
    }

    private func word(_ place: Int) -> UInt64 { bytes.load(fromByteOffset: 8 * place, as: UInt64.self) }

    private func setWord(_ place: Int, to word: UInt64) {
        bytes.storeBytes(of: word, toByteOffset: 8 * place, as: UInt64.self)
    }

    private func takeSlot() -> Int? {
        if let slot = free.popLast() { return slot }
        guard next <= Self.capacity else { return nil }
        let slot = next
        next += 1
        setWord(3, to: UInt64(next))
        return slot
    }

    private func read(_ slot: Int) -> NodeRecord? {
        guard let first = copy(slot, 0), let second = copy(slot, 1) else {
            return (copy(slot, 0) ?? copy(slot, 1))?.record(of: boot)
        }
        return (first.isNewer(than: second) ? first : second).record(of: boot)
    }

    // MARK: Copies

    /// One of the two copies of a slot, in 32 bytes: digest, moment, mark, check.
    struct Copy {
        var digest: UInt64
        var moment: Int64
        /// The state in the lowest byte, above it 24 bits of a number that grows with each copy and begins again, above that the
        /// number of the last authentication header.
        var mark: UInt64

        var number: UInt32 { UInt32(truncatingIfNeeded: mark >> 8) & 0xff_ffff }

        /// Whether this is the later one of two that follow each other.
        func isNewer(than other: Copy) -> Bool {
            (1..<0x80_0000).contains((number &- other.number) & 0xff_ffff)
        }

        /// What a copy that is half written does not fit; never 0.
        var check: UInt64 {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for word in [digest, UInt64(bitPattern: moment), mark] {
                hash = (hash ^ word) &* 0x0000_0100_0000_01b3
                hash ^= hash >> 29
            }
            return hash | 1
        }

        init(digest: UInt64, moment: Int64, mark: UInt64) {
            self.digest = digest
            self.moment = moment
            self.mark = mark
        }

        init(_ record: NodeRecord, number: UInt32) {
            self.init(
                digest: record.digest,
                moment: record.lastAdvertisement.nanoseconds,
                mark: UInt64(record.headerSequence) << 32 | UInt64(number & 0xff_ffff) << 8
                    | UInt64(record.state.rawValue)
            )
        }

        func record(of boot: BootIdentity) -> NodeRecord? {
            guard let state = RouterState(rawValue: UInt8(truncatingIfNeeded: mark)) else { return nil }
            return NodeRecord(
                digest: digest,
                boot: boot,
                state: state,
                lastAdvertisement: MonotonicTime(nanoseconds: moment),
                headerSequence: UInt32(truncatingIfNeeded: mark >> 32)
            )
        }
    }

    private func offset(_ slot: Int, _ number: Int) -> Int { slot * Self.slotSize + number * Self.slotSize / 2 }

    private func copy(_ slot: Int, _ number: Int) -> Copy? {
        let start = offset(slot, number)
        let copy = Copy(
            digest: bytes.load(fromByteOffset: start, as: UInt64.self),
            moment: bytes.load(fromByteOffset: start + 8, as: Int64.self),
            mark: bytes.load(fromByteOffset: start + 16, as: UInt64.self)
        )
        return bytes.load(fromByteOffset: start + 24, as: UInt64.self) == copy.check ? copy : nil
    }

    private func store(_ copy: Copy, _ slot: Int, _ number: Int) {
        let start = offset(slot, number)
        bytes.storeBytes(of: copy.digest, toByteOffset: start, as: UInt64.self)
        bytes.storeBytes(of: copy.moment, toByteOffset: start + 8, as: Int64.self)
        bytes.storeBytes(of: copy.mark, toByteOffset: start + 16, as: UInt64.self)
        bytes.storeBytes(of: copy.check, toByteOffset: start + 24, as: UInt64.self)
    }

    private func erase(_ slot: Int) {
        let start = slot * Self.slotSize
        UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + Self.slotSize])
            .initializeMemory(as: UInt8.self, repeating: 0)
    }
}
