import Addresses
import IPVS
import Netlink
import TestKit

@testable import IPVSNetlink

/// The kernel's end of the conversation, in front of a simulated kernel, with the mishaps of a real one.
final class FakeKernelChannel: IPVSChannel {
    /// What can go wrong, each once in so many times; 0 is never.
    struct Mishaps {
        /// An answer is lost, and the next reading says so with ENOBUFS.
        var lostAnswers = 0
        /// An answer is lost without a word.
        var silentLosses = 0
        /// A datagram is not taken.
        var failedSends = 0
        /// A dump repeats an entry.
        var disturbedDumps = 0
    }

    let family: UInt16 = 28
    /// The bytes before the attributes.
    private let headerLength = MessageCursor.headerLength + WireFormat.genericHeaderLength
    let answerCapacity = 1000
    let simulated = SimulatedKernel()
    var mishaps: Mishaps
    private(set) var requestCount = 0
    private(set) var datagramCount = 0
    private(set) var longestDatagram = 0
    private(set) var providedModules: [KernelModule] = []
    private var random: SeededGenerator
    private var pending: [[UInt8]] = []
    private var hasOverflowed = false

    init(mishaps: Mishaps = Mishaps(), seed: UInt64 = 0) {
        self.mishaps = mishaps
        random = SeededGenerator(seed: seed)
    }

    func send(_ bytes: [UInt8]) throws(NetlinkError) {
        if happens(mishaps.failedSends) { throw .outOfMemory }
        datagramCount += 1
        longestDatagram = max(longestDatagram, bytes.count)
        let span = bytes.span.bytes
        var offset = 0
        while offset + headerLength <= bytes.count {
            let length = Int(span.load(UInt32.self, at: offset))
            execute(
                command: bytes[offset + 16],
                flags: span.load(UInt16.self, at: offset + 6),
                sequence: span.load(UInt32.self, at: offset + 8),
                attributes: offset + headerLength..<offset + length,
                of: span
            )
            offset += (length + 3) & ~3
        }
    }

    func rewoundConnectionTable() throws(IPVSError) -> Int32 { throw .transport(.noSuchEntry) }

    func provide(_ module: KernelModule) { providedModules.append(module) }

    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
        if hasOverflowed {
            hasOverflowed = false
            throw .noBufferSpace
        }
        guard !pending.isEmpty else { throw .timedOut }
        let datagram = pending.removeFirst()
        buffer.replaceSubrange(..<datagram.count, with: datagram)
        return datagram.count
    }

    private func happens(_ rarity: Int) -> Bool { rarity > 0 && random.once(in: rarity) }

    private func execute(command: UInt8, flags: UInt16, sequence: UInt32, attributes: Range<Int>, of bytes: RawSpan) {
        requestCount += 1
        if flags & 0x300 == 0x300 {
            dump(command, sequence: sequence, about: key(in: attributes, of: bytes))
            return
        }
        if let reply = reply(to: command, sequence: sequence, about: key(in: attributes, of: bytes)) {
            pending.append(reply)
        }
        let error = command == WireCommand.getService ? missing(key(in: attributes, of: bytes)) : nil
        let number = error ?? result(of: command, attributes: attributes, of: bytes)
        if number != 0 || flags & 0x4 != 0 { answer(number, to: sequence) }
    }

    private func missing(_ key: ServiceKey?) -> Int32 {
        key.map { (try? simulated.service($0)) == nil } ?? true ? KernelError.noSuchService.rawValue : 0
    }

    private func answer(_ number: Int32, to sequence: UInt32) {
        if happens(mishaps.silentLosses) { return }
        if happens(mishaps.lostAnswers) {
            hasOverflowed = true
            return
        }
        var writer = MessageWriter()
        for word in [36, 2, sequence, 0, UInt32(bitPattern: -number), 0, 0, 0, 0] as [UInt32] { writer.append(word) }
        pending.append(writer.bytes)
    }

    private func result(of command: UInt8, attributes: Range<Int>, of bytes: RawSpan) -> Int32 {
        guard let change = change(command, attributes, of: bytes) else { return 0 }
        switch simulated.apply([change]).failures.first?.error {
        case .refused(let error): return error.rawValue
        default: return 0
        }
    }

    private func reply(to command: UInt8, sequence: UInt32, about key: ServiceKey?) -> [UInt8]? {
        var writer = MessageWriter()
        switch command {
        case WireCommand.getInformation:
            let information = simulated.information()
            writer.reply(WireCommand.setInformation, sequence: sequence) {
                $0.attribute(TopAttribute.informationVersion, information.packedVersion)
                $0.attribute(TopAttribute.informationTableSize, information.connectionTableSize)
            }
        case WireCommand.getConfiguration:
            writer.reply(WireCommand.setConfiguration, sequence: sequence) {
                $0.timeouts(simulated.timeouts())
            }
        case WireCommand.getService:
            guard let key, let status = try? simulated.service(key) else { return nil }
            write(status.service, to: &writer, sequence: sequence)
        default:
            return nil
        }
        return writer.bytes
    }

    private func write(_ service: VirtualService, to writer: inout MessageWriter, sequence: UInt32) {
        writer.reply(WireCommand.newService, sequence: sequence) { writer in
            writer.nest(TopAttribute.service) { $0.service(service) }
        }
    }

    /// Answers a dump with at most ten entries in a datagram.
    private func dump(_ command: UInt8, sequence: UInt32, about key: ServiceKey?) {
        var entries: [[UInt8]] = []
        var writer = MessageWriter()
        switch command {
        case WireCommand.getService:
            for status in simulated.snapshot().services {
                write(status.service, to: &writer, sequence: sequence)
                entries.append(writer.bytes)
                writer.removeAll()
            }
        case WireCommand.getDestination:
            let status = key.flatMap { try? simulated.service($0) }
            for status in status?.destinations ?? [] {
                writer.reply(WireCommand.newDestination, sequence: sequence) {
                    $0.nest(TopAttribute.destination) { $0.destination(status.destination) }
                }
                entries.append(writer.bytes)
                writer.removeAll()
            }
        default:
            for daemon in simulated.daemons() {
                writer.reply(WireCommand.newDaemon, sequence: sequence) {
                    $0.nest(TopAttribute.daemon) { $0.daemon(daemon) }
                }
                entries.append(writer.bytes)
                writer.removeAll()
            }
        }
        if entries.count > 10, happens(mishaps.disturbedDumps), let again = entries.last {
            entries.insert(again, at: 0)
        }
        for start in stride(from: 0, to: entries.count, by: 10) {
            pending.append(Array(entries[start..<min(start + 10, entries.count)].joined()))
        }
        for word in [20, 3, sequence, 0, 0] as [UInt32] { writer.append(word) }
        pending.append(writer.bytes)
    }
}

extension MessageWriter {
    /// Writes a message of the kernel with what `body` writes as its attributes.
    fileprivate mutating func reply(_ command: UInt8, sequence: UInt32, body: (inout MessageWriter) -> Void) {
        message(type: 28, flags: .none, sequence: sequence) { writer in
            writer.genericHeader(command)
            body(&writer)
        }
    }
}
