import Addresses
import Configuration
import Director
import Failover
import Glibc
import IPVS
import Links
import PlayedRouters
import System
import TestKit
import Testing
import Time
import VRRP
import VRRPControl

@testable import DirectorService

/// What a director does for virtual routers, with a process of them that the test plays.
@Suite(.waits)
final class RunningFailoverTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop
    private let log: DaemonLog
    private var routers: PlayedRouters?
    private var lines: [String] = []
    private var wanted: [[SyncDaemon]] = []

    private lazy var failover = RunningFailover(
        on: loop,
        RoutersPlaces(unit: "\(folder.path)/vrrp", own: "\(folder.path)/own", program: "/no/such/program"),
        log: log,
        RunningFailover.Ways { [unowned self] in
            lines.append($0)
        } send: { _ in
        } want: { [unowned self] in
            wanted.append($0)
        }
    )

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
        log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.keepalived.voice)
        routers = try PlayedRouters(at: "\(folder.path)/vrrp", on: loop)
    }

    private func configuration(_ adjust: (inout FailoverConfiguration) -> Void = { _ in }) throws
        -> FailoverConfiguration
    {
        var configuration = FailoverConfiguration()
        configuration.routing.routers = try ["A", "B"].enumerated().map { index, name in
            var router = VirtualRouter(
                name,
                family: .ipv4,
                routerID: UInt8(51 + index),
                interface: "eth0",
                audience: .multicast(MulticastSettings(group: try #require(IPAddress("224.0.0.18"))))
            )
            router.addresses = [VirtualAddress(LinkAddress(try #require(IPAddress("10.0.0.10\(index)")), on: "eth0"))]
            return router
        }
        adjust(&configuration)
        return configuration
    }

    private func begin(_ configuration: FailoverConfiguration, services: Set<IPAddress> = []) throws {
        failover.change(to: configuration, services: services, isGuarded: true)
        try loop.turn { routers?.configurations.isEmpty == false }
    }

    private var said: String {
        log.settle()
        return folder.text("log")
    }

    private func notice(_ script: String) -> NoticeProgram { NoticeProgram(.shell(script)) }

    private var told: [String] { folder.text("told").split(separator: "\n").map(String.init) }

    @Test func theProcessIsToldWhatIsToBeDone() throws {
        let configuration = try configuration()
        try begin(configuration)
        #expect(routers?.configurations == [configuration.routing])
        var other = configuration
        other.routing.routers[0].priority = 200
        failover.change(to: other, services: [], isGuarded: true)
        try loop.turn { routers?.configurations.count == 2 }
        #expect(routers?.configurations.last == other.routing)
    }

    @Test func whatIsTrackedIsToldAndOnlyThat() throws {
        let mark = folder.write("number", "7\n")
        let configuration = try configuration { configuration in
            configuration.routing.routers[0].trackers.scripts = [Tracker("good", weight: 2)]
            configuration.routing.routers[1].trackers.files = [Tracker("number")]
            configuration.routing.routers[1].trackers.servers = [Tracker("web")]
            configuration.routing.groups = [SyncGroup("G", members: ["A", "B"])]
            configuration.routing.groups[0].trackers.scripts = [Tracker("bad")]
            configuration.scripts = [
                TrackedScript("good", program: notice("true"), interval: .seconds(60)),
                TrackedScript("bad", program: notice("false"), interval: .seconds(60)),
                TrackedScript("idle", program: notice("touch \(folder.path)/idle"), interval: .seconds(60)),
            ]
            configuration.files = [NumberedFile("number", file: TrackedFile(mark))]
        }
        try begin(configuration)
        #expect(failover.tracksServers)
        failover.tell(servers: ["web": false, "other": true])
        let expected: [TrackedSubject: TrackedValue] = [
            TrackedSubject(.script, "good"): .well, TrackedSubject(.script, "bad"): .unwell,
            TrackedSubject(.file, "number"): .number(7), TrackedSubject(.server, "web"): .unwell,
        ]
        try loop.turn { routers?.values == expected }
        #expect(!SystemFile.exists("\(folder.path)/idle"))
        // A process that comes in its place knows nothing, and is told all of it.
        routers?.hangUp()
        try loop.turn { routers?.visitors == 2 && routers?.values == expected && routers?.configurations.count == 1 }
    }

    @Test func statesAreToldByAllWays() throws {
        let configuration = try configuration { configuration in
            var notices = FailoverNotices()
            notices.master = notice("echo master >> \(folder.path)/told")
            notices.any = notice("state() { echo $1 $2 $3 $4 $VRRP_INTERFACE >> \(folder.path)/told; }; state")
            configuration.routerNotices["A"] = notices
        }
        try begin(configuration)
        routers?.say("A", .entering(.master, isFirst: false), .master, priority: 150)
        routers?.say("A", .entered(.master), .master, priority: 150)
        try loop.turn { lines == ["INSTANCE \"A\" MASTER 150"] }
        #expect(said.contains("(A) Entering MASTER STATE"))
        #expect(told == ["master", "INSTANCE A MASTER 150 eth0"])
    }

    @Test func statesThatNobodyHeardAreToldWithTheNextStatus() throws {
        try begin(configuration())
        var status = NodeStatus()
        status.routers = [
            RouterStatus("A", state: .master, since: loop.now, priority: 150, interval: .seconds(1)),
            RouterStatus("B", state: .backup, since: loop.now, priority: 90, interval: .seconds(1)),
        ]
        let report = RoutersReport.status(
            RoutersStatus(node: status, generation: 1, began: loop.now, moment: loop.now, worstLateness: .zero)
        )
        routers?.say(report)
        try loop.turn { lines.count == 2 }
        #expect(Set(lines) == ["INSTANCE \"A\" MASTER 150", "INSTANCE \"B\" BACKUP 90"])
        routers?.say(report)
        routers?.say("B", .entered(.fault), .fault, priority: 90)
        try loop.turn { lines.count > 2 }
        #expect(lines.last == "INSTANCE \"B\" FAULT 90")
    }

    @Test func aVirtualServerHasNoDeafAddress() throws {
        let configuration = try configuration { configuration in
            configuration.routing.routers[0].acceptsTraffic = false
            configuration.routing.routers[1].acceptsTraffic = false
        }
        try begin(configuration, services: [try #require(IPAddress("10.0.0.100"))])
        #expect(routers?.configurations.last?.routers.map(\.acceptsTraffic) == [true, false])
        failover.change(to: configuration, services: [try #require(IPAddress("10.0.0.100"))], isGuarded: true)
        #expect(said.split(separator: "\n").filter { $0.contains("accepts traffic") }.count == 1)
    }

    @Test func syncDaemonsFollowTheRouterWhereThatIsWanted() throws {
        let daemon = SyncDaemon(role: .master, interface: "eth0", syncID: 7)
        let configuration = try configuration { configuration in
            configuration.synchronisation = FollowingSyncDaemons(router: "A", daemon: daemon)
        }
        try begin(configuration)
        #expect(failover.daemons?.map(\.role) == [.backup])
        routers?.say("A", .entered(.master), .master)
        try loop.turn { wanted.last == [daemon] }
        routers?.say("B", .entered(.master), .master)
        routers?.say("A", .entered(.backup), .backup)
        try loop.turn { wanted.count == 2 }
        #expect(wanted[1] == [SyncDaemon(role: .backup, interface: "eth0", syncID: 7)])
    }

    @Test func theTableIsMeasuredWhileARouterWaitsForConnections() throws {
        try begin(configuration())
        var status = RoutersStatus(
            node: NodeStatus(),
            generation: 1,
            began: loop.now,
            moment: loop.now,
            worstLateness: .zero
        )
        status.awaitsSynchronisation = true
        routers?.say(.status(status))
        try loop.turn {
            routers?.requests.contains { if case .tableMeasured = $0 { true } else { false } } == true
        }
        status.awaitsSynchronisation = false
        routers?.say(.status(status))
        try loop.turn { failover.status?.awaitsSynchronisation == false }
    }

    @Test func theStopIsToldBeforeTheEnd() throws {
        let configuration = try configuration { configuration in
            var notices = FailoverNotices()
            notices.stop = notice("echo stop >> \(folder.path)/told")
            configuration.routerNotices["A"] = notices
        }
        try begin(configuration)
        // A process that a service manager runs does not end with the director.
        routers?.say("A", .entered(.master), .master)
        try loop.turn { !lines.isEmpty }
        failover.beginStop()
        try loop.turn { failover.isOver }
        #expect(told.isEmpty)
    }

    @Test func aLineThatEndsIsToldOnce() throws {
        try begin(configuration())
        routers?.hangUp()
        try loop.turn { routers?.visitors == 2 }
        try loop.turn { said.contains("The VRRP process is there") }
        #expect(said.split(separator: "\n").filter { $0.contains("cannot be spoken with") }.count == 1)
    }
}
