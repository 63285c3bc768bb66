import Addresses
import LinkStages
import Links
import TestKit
import Testing

/// How long what was taken away stays away, and what a thousand addresses cost whoever has a beat to keep, in the lab's kernel.
@Suite(.needsLab, .serialized, .waitsInLab)
struct KeepingLatencyTests {
    private static let deletions = 25

    private func settle(_ thread: KeepingThread, _ wish: LinkWish) throws {
        thread.want(wish)
        try #require(Deadline.wait(seconds: 60, pause: 1000) { thread.isSettled })
    }

    /// The time is that of a program which watches, and which this machine may keep waiting too.
    @Test func anAddressThatIsDeletedByHandIsBackWithinFiftyMilliseconds() throws {
        try RealStage.play { stage in
            let thread = try KeepingThread()
            let address = try LinkAddress("10.1.0.1/24")
            var wish = LinkWish()
            wish.addresses = [.init(address)]
            try self.settle(thread, wish)
            var times: [Duration] = []
            for _ in 0..<Self.deletions {
                _ = try stage.others.takeChanges()
                let start = ContinuousClock.now
                try stage.others.make(.removeAddress(address))
                var isBack = false
                try #require(
                    try Deadline.wait(seconds: 10, pause: 200) {
                        for change in try stage.others.takeChanges() {
                            if case .address(let state) = change.subject, state.address.address == address.address {
                                isBack = true
                            }
                        }
                        return isBack
                    }
                )
                times.append(ContinuousClock.now - start)
            }
            try thread.end()
            times.sort()
            print("deleted by hand, back after: median \(times[times.count / 2]), worst \(times[times.count - 1])")
            #expect(times[times.count / 2] <= .milliseconds(50))
        }
    }

    /// The beat of ten milliseconds is that of the fastest advertisements; it is kept beside a thread that sets addresses.
    @Test func aThousandAddressesKeepNoBeatWaiting() throws {
        try RealStage.play { stage in
            let addresses = try (0..<1000).map { try LinkAddress("10.1.\($0 / 250).\($0 % 250 + 1)") }
            let start = ContinuousClock.now
            #expect(stage.kernel.apply(addresses.map { .addAddress($0) }).failures == [])
            let blocked = ContinuousClock.now - start
            #expect(stage.kernel.apply(addresses.map { .removeAddress($0) }).failures == [])
            let thread = try KeepingThread()
            var wish = LinkWish()
            wish.addresses = [.init(addresses[0])]
            try self.settle(thread, wish)
            wish.addresses = addresses.map { .init($0) }
            let begin = ContinuousClock.now
            var beat = begin
            var worst = Duration.zero
            var beats = 0
            thread.want(wish)
            while !thread.isSettled, ContinuousClock.now - begin < .seconds(60) {
                beat += .milliseconds(10)
                _ = Deadline.wait(seconds: 1, pause: 500) { ContinuousClock.now >= beat }
                worst = max(worst, ContinuousClock.now - beat)
                beats += 1
            }
            print(
                "1000 addresses: \(blocked) on one thread; \(ContinuousClock.now - begin) beside \(beats) beats, worst \(worst) late"
            )
            try thread.end()
            #expect(try stage.kernel.addresses().count == 1000)
            #expect(worst < max(blocked, .milliseconds(200)))
        }
    }
}
