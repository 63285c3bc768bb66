import Failover
import Glibc
import System
import TestKit
import Testing
import VRRP
import VRRPControl

// The process of the virtual routers and its line to a director, in namespaces of the lab.

extension FailoverTests {
    struct LineTests {
        /// A director's end, and what it was told.
        private final class Director {
            private(set) var statuses: [RoutersStatus] = []
            private(set) var answers: [UInt64: String?] = [:]
            private(set) var processes: [Int32] = []
            private let loop: EventLoop
            private(set) var line: RoutersLine?

            init(to host: FailoverHost) throws {
                loop = try EventLoop()
                line = RoutersLine(to: "\(host.runtimeFolder)/socket", as: .director, process: getpid(), on: loop) {
                    [unowned self] matter in
                    switch matter {
                    case .began(let process): processes.append(process)
                    case .report(.status(let status)): statuses.append(status)
                    case .report(.answer(let number, let refusal)): answers[number] = .some(refusal)
                    case .report, .ended: break
                    }
                }
            }

            /// Lets the line go on until something holds; false when it does not within some seconds.
            func wait(until isReached: () -> Bool) throws -> Bool {
                let end = ContinuousClock.now + .seconds(20)
                while ContinuousClock.now < end {
                    if isReached() { return true }
                    try loop.runTurn(atMost: .milliseconds(50))
                }
                return isReached()
            }

            func close() {
                line?.close()
                line = nil
            }

            var state: RouterState? { statuses.last?.node.routers.first?.state }
            var priority: UInt8? { statuses.last?.node.routers.first?.priority }
        }

        private var router: LabRouter {
            var router = LabRouter(priority: 200)
            router.version = .three
            router.interval = .milliseconds(500)
            return router
        }

        @Test func whatADirectorFoundIsHeldWhenItIsGone() throws {
            let stage = try FailoverStage(hosts: ["a"])
            let host = stage.add("a", .ours, router)
            let start = try host.start()
            let director = try Director(to: host)
            var set = router.set
            set.routers[0].trackers.scripts = [Tracker("check", weight: -50)]
            let number = director.line?.configure(set) ?? 0
            director.line?.track(TrackedSubject(.script, "check"), .unwell)
            #expect(try director.wait { director.state == .master && director.priority == 150 })
            #expect(director.answers[number] == .some(nil))
            director.close()
            stage.pause(2)
            let last = stage.advertisements(of: host, after: start).last
            #expect(last?.priority == 150 && (last?.moment ?? 0) > stage.now - 1)
            // The next process goes on by what the one before was told, without a director.
            let dead = host.kill()
            try host.startAlone()
            stage.pause(3)
            #expect(stage.addressMoments(of: host, isThere: false, after: dead).isEmpty)
            #expect(stage.advertisements(of: host, after: dead).allSatisfy { $0.priority == 150 })
            try stage.expectSteady(host, from: dead + 1, to: stage.now, "after the restart")
        }

        @Test func anotherProgramTakesThePlaceOfARunningOneWithoutAChange() throws {
            let stage = try FailoverStage(hosts: ["a"])
            let host = stage.add("a", .ours, router)
            let start = try host.start()
            try stage.wait(10, for: host, after: start)
            let director = try Director(to: host)
            #expect(try director.wait { director.state == .master })
            let before = stage.now
            let number = try #require(director.line?.restart())
            #expect(
                try director.wait {
                    director.processes.count == 2 && director.statuses.last?.node.routers.isEmpty == false
                }
            )
            #expect(director.answers[number] == .some(nil))
            #expect(Set(director.processes).count == 1)
            stage.pause(2)
            #expect(stage.addressMoments(of: host, isThere: false, after: before).isEmpty)
            #expect(stage.advertisements(of: host, after: before).allSatisfy { $0.priority == 200 })
            try stage.expectSteady(host, from: before, to: stage.now, "while another program took over")
            director.close()
        }

        @Test func whatAProcessLeftBehindIsSwept() throws {
            let stage = try FailoverStage(hosts: ["a"])
            let host = stage.add("a", .ours, router)
            let start = try host.start()
            try stage.wait(10, for: host, after: start)
            stage.pause(1)
            #expect(try host.sweep().status == 1, "it swept beside a process that runs")
            host.kill()
            try stage.segment.run("ip address add 10.0.0.77/24 dev eth0", on: "a")
            let swept = try host.sweep()
            #expect(swept.status == 0, "\(swept.errors)")
            stage.pause(0.5)
            #expect(!stage.holds(host))
            #expect(try stage.segment.run("ip address show dev eth0 | grep -q 10.0.0.77", on: "a", mayFail: true) == 0)
        }
    }
}
