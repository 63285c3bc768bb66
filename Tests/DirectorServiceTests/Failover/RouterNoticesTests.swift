import Addresses
import Configuration
import Director
import Failover
import Links
import Testing
import VRRP

@testable import DirectorService

struct RouterNoticesTests {
    private var notices = RouterNotices()
    private let configuration: FailoverConfiguration

    init() throws {
        var router = VirtualRouter(
            "VI_1",
            family: .ipv4,
            routerID: 51,
            interface: "eth0",
            audience: .multicast(MulticastSettings(group: try #require(IPAddress("224.0.0.18"))))
        )
        router.addresses = [
            VirtualAddress(LinkAddress(try #require(IPAddress("10.0.0.100")), prefixLength: 24, on: "eth0"))
        ]
        var configuration = FailoverConfiguration()
        configuration.routing.routers = [router]
        configuration.routing.groups = [SyncGroup("G", members: ["VI_1"])]
        var told = FailoverNotices()
        for (path, word) in [
            (\FailoverNotices.master, "master"), (\.backup, "backup"), (\.fault, "fault"), (\.stop, "stop"),
            (\.lowerPriority, "lower"),
        ] {
            told[keyPath: path] = NoticeProgram(.words(["/on", word]))
        }
        told.any = NoticeProgram(.shell("/any; :"))
        told.sendsMail = true
        configuration.routerNotices["VI_1"] = told
        told.any = NoticeProgram(.words(["/any"]))
        configuration.groupNotices["G"] = told
        var alert = MailAlert(recipients: ["root@example.net"])
        alert.label = "lb1"
        configuration.mail = alert
        self.configuration = configuration
        notices.change(to: configuration)
    }

    private mutating func tell(_ matter: RouterMatter, priority: UInt8 = 150) -> RouterNotices.Telling? {
        notices.telling(of: .router("VI_1", matter, state: .backup, priority: priority))
    }

    /// Notices as texts: the words of programs, lines and subjects of mails.
    private func texts(_ telling: RouterNotices.Telling?) -> [String] {
        (telling?.notices ?? []).map { notice in
            switch notice.work {
            case .run(let program, _): program.text
            case .write(let line): line
            case .send(let mail): "\(mail.subject): \(mail.lines.joined())"
            }
        }
    }

    private func variables(_ telling: RouterNotices.Telling?) -> [String: String] {
        for case .run(_, let variables) in (telling?.notices ?? []).map(\.work) { return variables }
        return [:]
    }

    @Test mutating func aStateIsToldInItsOrder() {
        #expect(
            texts(tell(.entered(.master))) == [
                "/on master", "/any; : 'INSTANCE' 'VI_1' 'MASTER' '150'", "INSTANCE \"VI_1\" MASTER 150",
                "[lb1] VRRP Instance VI_1 - Entering MASTER state: => VRRP Instance is now owning VRRP VIPs <=",
            ]
        )
        #expect(
            texts(notices.telling(of: .group("G", .entered(.master), state: .master))) == [
                "/on master", "/any GROUP G MASTER 0", "GROUP \"G\" MASTER 0",
                "[lb1] VRRP Group G - Entering MASTER state: => All VRRP group instances are now in MASTER state <=",
            ]
        )
        // What goes on as it was is told of to nobody, as after the start of another process.
        #expect(tell(.entered(.master)) == nil)
        #expect(
            texts(tell(.stopped)) == [
                "/on stop", "/any; : 'INSTANCE' 'VI_1' 'STOP' '150'", "INSTANCE \"VI_1\" STOP 150",
                "[lb1] VRRP Instance VI_1 - Stopping: => VRRP Instance stopping <=",
            ]
        )
    }

    @Test mutating func programsFindTheFactsInTheirEnvironment() throws {
        _ = tell(.entered(.backup))
        _ = tell(.yielded(to: .init(try #require(IPAddress("10.0.0.3")), priority: 200), own: 150))
        _ = tell(.faultBegan(.interfaceDown("eth0")))
        let found = variables(tell(.entered(.fault)))
        #expect(
            found == [
                "VRRP_KIND": "INSTANCE", "VRRP_NAME": "VI_1", "VRRP_STATE": "FAULT", "VRRP_FORMER_STATE": "BACKUP",
                "VRRP_PRIORITY": "150", "VRRP_MASTER": "10.0.0.3", "VRRP_REASON": "interface eth0 down",
                "VRRP_ROUTER_ID": "51", "VRRP_INTERFACE": "eth0", "VRRP_ADDRESSES": "10.0.0.100",
            ]
        )
        _ = tell(.faultEnded(.interfaceDown("eth0")))
        let later = variables(tell(.entered(.master)))
        #expect(later["VRRP_REASON"] == nil && later["VRRP_MASTER"] == nil)
    }

    @Test mutating func theEndOfARouterIsTold() {
        _ = tell(.entered(.master))
        // The configuration that is in force by then does not have it any more.
        notices.change(to: FailoverConfiguration())
        #expect(texts(tell(.deleted)).prefix(2) == ["/on fault", "/any; : 'INSTANCE' 'VI_1' 'FAULT' '150'"])
        #expect(notices.told.isEmpty)
    }

    @Test mutating func whoeverAsksForTheEndIsToldOfIt() {
        var changed = configuration
        changed.routerNotices["VI_1"]?.deleted = NoticeProgram(.words(["/on", "deleted"]))
        changed.routerNotices["VI_1"]?.tellsDeletion = true
        notices.change(to: changed)
        _ = tell(.entered(.master))
        #expect(
            texts(tell(.deleted)).prefix(3) == [
                "/on deleted", "/any; : 'INSTANCE' 'VI_1' 'DELETED' '150'", "INSTANCE \"VI_1\" DELETED 150",
            ]
        )
    }

    @Test mutating func eventsThatAreNoStatesAreToldAsWanted() throws {
        _ = tell(.entered(.master))
        let other = RouterMatter.Other(try #require(IPAddress("10.0.0.2")), priority: 100)
        let telling = tell(.heardLower(other, own: 150, answers: true))
        #expect(texts(telling) == ["/on lower", "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 150"])
        #expect(variables(telling)["VRRP_OTHER"] == "10.0.0.2" && telling?.isState == false)
        #expect(tell(.priorityChanged(from: 150, to: 90), priority: 90) == nil)
        var changed = configuration
        changed.routerNotices["VI_1"]?.tellsPriorities = true
        notices.change(to: changed)
        #expect(
            texts(tell(.priorityChanged(from: 90, to: 80), priority: 80)) == ["INSTANCE \"VI_1\" MASTER_PRIORITY 80"]
        )
        _ = tell(.entered(.backup))
        #expect(
            texts(tell(.priorityChanged(from: 80, to: 90), priority: 90)) == ["INSTANCE \"VI_1\" BACKUP_PRIORITY 90"]
        )
    }

    @Test mutating func faultsMayBeKeptFromMail() {
        var changed = configuration
        changed.mailsNoFaults = true
        notices.change(to: changed)
        _ = tell(.entered(.backup))
        #expect(texts(tell(.entered(.fault))).count == 3)
        // The mail of a state that was mailed last is not sent again.
        #expect(texts(tell(.entered(.backup))).count == 3)
        #expect(texts(tell(.entered(.master))).count == 4)
    }

    @Test mutating func statesThatNobodyHeardAreToldLater() {
        let router = NoticeSubject(kind: .router, name: "VI_1")
        _ = tell(.entered(.backup))
        #expect(notices.tellings(ofStates: [(router, .backup, 150)]).isEmpty)
        #expect(notices.tellings(ofStates: [(router, .master, 150)]).map { texts($0)[0] } == ["/on master"])
        #expect(notices.tellings(ofStates: [(router, .initial, 150)]).isEmpty)
        // What a process says of its routers after they have stopped is no new state; what another one says is.
        _ = tell(.stopped)
        #expect(notices.tellings(ofStates: [(router, .backup, 150)]).isEmpty)
        notices.processBegan()
        #expect(notices.tellings(ofStates: [(router, .backup, 150)]).count == 1)
    }

    @Test mutating func whatADirectorBeforeHasToldIsNotToldAgain() {
        let router = NoticeSubject(kind: .router, name: "VI_1")
        notices.know([router: .master, NoticeSubject(kind: .router, name: "gone"): .backup])
        #expect(notices.tellings(ofStates: [(router, .master, 150)]).isEmpty)
        #expect(texts(tell(.entered(.backup))).first == "/on backup")
    }

    @Test mutating func statesAreRepeatedWhereThatIsWanted() {
        _ = tell(.entered(.backup))
        _ = notices.telling(of: .group("G", .entered(.backup), state: .backup))
        #expect(notices.repeatedLines.isEmpty)
        var changed = configuration
        changed.repeatsStatesOnReload = true
        notices.change(to: changed)
        #expect(notices.repeatedLines == ["GROUP \"G\" BACKUP 0", "INSTANCE \"VI_1\" BACKUP 150"])
    }
}
