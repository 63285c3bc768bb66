import System
import TestKit
import Testing

@testable import DirectorService

@Suite(.waits)
struct SynchronisationTests {
    @Test func entriesOfOtherDirectorsAreCounted() {
        let text = """
            Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires
            TCP C0A80001 A1B2 0A000064 0050 0A000201 0050 ESTABLISHED SYNC       900
            TCP C0A80001 A1B3 0A000064 0050 0A000201 0050 SYN_RECV    LOCAL       60
            TCP C0A80001 A1B4 0A000064 0050 0A000201 0050 SYNCHRONISE LOCAL       60
            TCP C0A80001 A1B5 0A000064 0050 0A000201 0050 TIME_WAIT   SYNC        60

            """
        for size in [1, 3, 7, 4_096] {
            var table = ConnectionTable()
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                table.take(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(table.synchronised == 2 && table.total == 4)
        }
    }

    @Test func theTableIsMeasuredAsLongAsThatIsWanted() throws {
        let loop = try EventLoop()
        var told: [ConnectionTable] = []
        let measuring = TableMeasuring(on: loop, look: { nil }, tell: { told.append($0) })
        measuring.want(true)
        measuring.want(true)
        try loop.turn { told == [ConnectionTable()] }
        measuring.want(false)
        measuring.want(true)
        try loop.turn { told.count == 2 }
        measuring.want(false)
    }
}
