import TestKit
import Testing

@testable import VRRPService

/// The messages are made by hand after `struct proc_event` of linux/cn_proc.h.
struct ProcessConnectorTests {
    private func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

    /// A message: headers of 16 and 20 bytes, the kind of event, the processor, the time, and the numbers of processes.
    private func message(_ kind: UInt32, _ numbers: [UInt32]) -> [UInt8] {
        let rest =
            [UInt8](repeating: 0, count: 32) + bytes(kind) + [UInt8](repeating: 0, count: 12)
            + numbers.flatMap { bytes($0) } + [UInt8](repeating: 0, count: 8)
        return bytes(UInt32(rest.count + 4)) + rest
    }

    @Test func beginningsAreFoundAmongAllThatIsTold() {
        let datagram =
            message(1, [5, 5, 7, 7]) + message(1, [5, 5, 8, 7]) + message(2, [9, 9, 0, 0])
            + message(0x200, [10, 10, 0, 0])
            + message(0x200, [12, 11, 0, 0]) + message(0x8000_0000, [13, 13, 0, 0])
        #expect(ProcessConnector.beginnings(in: datagram[...]) == [7, 9, 10])
    }

    @Test func damageIsNoEvent() {
        let seed: UInt64 = 5
        var generator = SeededGenerator(seed: seed)
        let datagram = message(1, [5, 5, 7, 7]) + message(2, [9, 9, 0, 0])
        for _ in 0..<5_000 {
            var damaged = datagram
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let end = Int.random(in: 0...damaged.count, using: &generator)
            #expect(ProcessConnector.beginnings(in: damaged[..<end]).count <= 2, "seed \(seed)")
        }
    }
}
