import Addresses
import Failover
import Glibc
import PlayedRouters
import System
import TestKit
import Testing
import Time
import VRRP
import VRRPControl

@testable import DirectorCommand

/// `directrix vrrp`, with a process of virtual routers that the test plays.
@Suite(.waits)
struct VirtualRouterCommandTests {
    private let trial: Trial
    private let loop: EventLoop

    init() throws {
        trial = try Trial()
        let loop = try EventLoop()
        self.loop = loop
        trial.adjust = { $0.makeLoop = { () throws(SystemFailure) in loop } }
    }

    private func run(_ words: String...) -> Trial.Answer { trial.run(["directrix", "vrrp"] + words) }

    private func played(at name: String = "vrrp", _ answer: @escaping (RoutersRequest) -> RoutersReport?) throws
        -> PlayedRouters
    {
        let routers = try PlayedRouters(at: trial.path(name), on: loop)
        routers.onRequest = { [unowned routers] request in
            if let report = answer(request) { routers.say(report) }
        }
        return routers
    }

    private func status() throws -> RoutersStatus {
        let begin = MonotonicTime(nanoseconds: 0)
        let moment = begin + .seconds(100_000)
        var master = RouterStatus(
            "VI_1",
            state: .master,
            since: begin + .seconds(100_000 - 3_725),
            priority: 150,
            interval: .seconds(1)
        )
        master.source = IPAddress("10.0.0.1")
        master.isSettled = true
        master.counters.advertisementsSent = 3_725
        var backup = RouterStatus(
            "VI_long",
            state: .backup,
            since: begin + .milliseconds(100_000_000 - 4_500),
            priority: 90,
            interval: .milliseconds(250)
        )
        backup.master = RouterMatter.Other(try #require(IPAddress("10.0.0.2")), priority: 100)
        backup.counters.rejected = 3
        backup.order = .hold
        var node = NodeStatus()
        node.routers = [master, backup]
        node.groups = [NodeStatus.Group("G", state: .master)]
        return RoutersStatus(
            node: node,
            generation: 2,
            began: begin,
            moment: moment,
            worstLateness: .milliseconds(2)
        )
    }

    @Test func peopleGetATable() throws {
        let status = try status()
        let routers = try played { if case .status = $0 { .status(status) } else { nil } }
        let expected = """
            ROUTER   STATE   SINCE    PRIORITY  MASTER           INTERVAL  SENT  RECEIVED  REJECTED
            VI_1     MASTER  1:02:05  150       10.0.0.1 (here)  1 s       3725  0         0
            VI_long  BACKUP  4 s      90        10.0.0.2 (100)   0.25 s    0     0         3

            GROUP  STATE
            G      MASTER

            VI_long: ordered: hold, until released

            """
        #expect(run() == Trial.Answer(status: 0, output: expected))
        #expect(run("status") == Trial.Answer(status: 0, output: expected))
        #expect(routers.visitors > 0)
    }

    @Test func whatIsWrongShowsInTheStatus() throws {
        var status = try status()
        status.node.routers[0].rival = RouterStatus.Rival(
            try #require(IPAddress("10.0.0.3")),
            difference: .password
        )
        status.node.routers[1].state = .fault
        status.node.routers[1].reasons = [.interfaceDown("eth0")]
        status.node.holdsTrackers = true
        let routers = try played { if case .status = $0 { .status(status) } else { nil } }
        let answer = run()
        #expect(answer.status == 1)
        #expect(answer.output.contains("VI_1: 10.0.0.3 is master too: password differs; both have the addresses\n"))
        #expect(answer.output.contains("VI_long: in fault: interface eth0 down\n"))
        #expect(answer.output.contains("there is no director"))
        #expect(routers.visitors > 0)
    }

    @Test func machinesGetJSON() throws {
        let status = try status()
        let routers = try played { if case .status = $0 { .status(status) } else { nil } }
        let answer = run("--json")
        #expect(answer.status == 0)
        for line in [
            "\"generation\": 2", "\"name\": \"VI_1\"", "\"state\": \"master\"", "\"in_state\": 3725",
            "\"interval\": 0.25",
            "\"advert_sent\": 3725", "\"order\": \"hold\"", "\"uptime\": 100000",
        ] {
            #expect(answer.output.contains(line), "\(line)")
        }
        #expect(routers.visitors > 0)
    }

    @Test(arguments: ["yield", "take", "hold", "release"])
    func ordersAreGiven(word: String) throws {
        var orders: [NodeOrder] = []
        let routers = try played { request in
            guard case .order(let order, let number) = request else { return nil }
            orders.append(order)
            return .answer(number: number, refusal: order.name == "none" ? "there is no none" : nil)
        }
        let deed = try #require(NodeOrder.Deed(rawValue: word))
        #expect(run(word) == Trial.Answer(status: 0))
        #expect(run(word, "VI_1") == Trial.Answer(status: 0))
        #expect(run(word, "none") == Trial.Answer(status: 2, errors: "@/vrrp: there is no none\n"))
        #expect(orders == [NodeOrder(deed), NodeOrder(deed, of: "VI_1"), NodeOrder(deed, of: "none")])
        #expect(routers.visitors > 0)
    }

    @Test func aRestartKeepsWhatThereIs() throws {
        var count = 0
        let routers = try played { request in
            guard case .restart = request else { return nil }
            count += 1
            return nil
        }
        routers.onRequest = { [unowned routers] request in
            if case .restart = request {
                count += 1
                routers.hangUp()
            }
        }
        #expect(run("restart").status == 2)
        #expect(count == 0)
        #expect(run("restart", "--keep") == Trial.Answer(status: 0))
        #expect(count == 1)
    }

    @Test func theProcessOfTheOneDirectorIsFound() throws {
        #expect(run().status == 2)
        #expect(run().errors.contains("there is no process of virtual routers"))
        let status = try status()
        mkdir(trial.path("directrix-vrrp-keepalived"), 0o700)
        let first = try played(at: "directrix-vrrp-keepalived/socket") {
            if case .status = $0 { .status(status) } else { nil }
        }
        #expect(run().status == 0)
        mkdir(trial.path("directrix-vrrp-other"), 0o700)
        let second = try played(at: "directrix-vrrp-other/socket") {
            if case .status = $0 { .status(status) } else { nil }
        }
        #expect(run().errors.contains("there are several"))
        #expect(run("--socket", trial.path("directrix-vrrp-other/socket")).status == 0)
        #expect(first.visitors > 0 && second.visitors > 0)
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1:00"), (754, "12:34"), (3_600, "1:00:00"), (86_399, "23:59:59"),
        (529_505, "6 d 3:05:05"), (-5, "0 s"),
    ])
    func timesAreShortForPeople(seconds: Int, text: String) {
        #expect(RoutersListing.text(of: .seconds(seconds)) == text)
    }
}
