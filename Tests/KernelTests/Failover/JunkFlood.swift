import CLinux
import Glibc
import TestKit

/// Advertisements that count for nobody, sent as fast as is asked for.
enum JunkFlood {
    /// Sends them from a namespace: for each number some without a password, some with a wrong checksum, some cut short.
    ///
    /// - Returns: how many went out.
    static func run(on namespace: String, routerIDs: [UInt8], rate: Int, seconds: Int) throws -> Int {
        let frames = routerIDs.flatMap { number in
            [message(number, damage: 0), message(number, damage: 0x55), Array(message(number, damage: 0).prefix(7))]
        }.map(frame)
        return try Namespace.named(namespace) {
            let descriptor = clinux_open_frames()
            guard descriptor >= 0 else { throw Segment.Failure(description: "socket: error \(errno)") }
            defer { close(descriptor) }
            let index = if_nametoindex("eth0")
            let batch = (0..<50).map { frames[$0 % frames.count] }
            let bytes = batch.flatMap { $0 }
            let lengths = batch.map { UInt32($0.count) }
            let interfaces = batch.map { _ in index }
            let start = ContinuousClock.now
            var sent = 0
            while ContinuousClock.now - start < .seconds(seconds) {
                let due = Int((ContinuousClock.now - start) / .seconds(1) * Double(rate))
                let count = sent < due ? clinux_send_frames(descriptor, bytes, lengths, interfaces, 50) : 0
                if count > 0 { sent += Int(count) } else { usleep(1_000) }
            }
            return sent
        }
    }

    /// A version 2 message of the highest priority without a password, its checksum spoilt by `damage`.
    private static func message(_ number: UInt8, damage: UInt16) -> [UInt8] {
        var bytes: [UInt8] = [0x21, number, 255, 1, 0, 1, 0, 0, 10, 0, 0, 100] + [UInt8](repeating: 0, count: 8)
        let sum = checksum(bytes) ^ damage
        bytes[6] = UInt8(sum >> 8)
        bytes[7] = UInt8(sum & 0xff)
        return bytes
    }

    private static func frame(_ message: [UInt8]) -> [UInt8] {
        let length = UInt8(20 + message.count)
        var header: [UInt8] = [0x45, 0xc0, 0, length, 0, 1, 0, 0, 255, 112, 0, 0, 10, 0, 0, 3, 224, 0, 0, 18]
        let sum = checksum(header)
        header[10] = UInt8(sum >> 8)
        header[11] = UInt8(sum & 0xff)
        let frame = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x12, 0x02, 0, 0, 0, 0, 0x03, 0x08, 0x00] + header + message
        return frame + [UInt8](repeating: 0, count: max(0, 60 - frame.count))
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var sum = stride(from: 0, to: bytes.count - 1, by: 2).reduce(UInt32(0)) { sum, place in
            sum + (UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1]))
        }
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return ~UInt16(sum)
    }
}
