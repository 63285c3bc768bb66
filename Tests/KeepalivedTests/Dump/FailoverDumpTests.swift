import Addresses
import Configuration
import Diagnostics
import Failover
import Foundation
import Keepalived
import TestKit
import Testing
import Time
import VRRP

/// What is written of virtual routers is what keepalived 2.2.7 wrote of the same configuration in the same state.
struct FailoverDumpTests {
    /// A recording of `Fixtures/vrrp/dumps`, with what the routers were in.
    struct Recording: Sendable, CustomStringConvertible {
        let name: String
        let states: [String: RouterState]

        var description: String { name }
    }

    static let recordings = [
        Recording(name: "masters", states: ["VI_1": .master, "VI_2": .master, "VI_6": .master, "G": .master]),
        Recording(name: "backups", states: ["VI_1": .backup, "VI_2": .backup]),
    ]

    private func dump(of recording: Recording) throws -> FailoverDump {
        let loaded = StandInMachine.load(try TestKit.SourceTree.bytes(of: "Fixtures/vrrp/dumps/\(recording.name).conf"))
        let configuration = try #require(loaded.failover, "\(loaded.diagnostics.map(\.description))")
        let stats = try counters(of: recording)
        var status = NodeStatus()
        for router in configuration.routing.routers {
            let state = try #require(recording.states[router.name])
            var one = RouterStatus(
                router.name,
                state: state,
                since: MonotonicTime(nanoseconds: 0),
                priority: router.priority,
                interval: router.interval
            )
            one.wantedState = state
            one.lastAdvertisement = MonotonicTime(nanoseconds: 0)
            if state == .backup, let address = IPAddress("10.9.0.2") { one.master = .init(address, priority: 200) }
            if state == .backup, router.version == .three { one.interval = .milliseconds(300) }
            switch (recording.name, router.name) {
            case ("masters", "VI_1"): (one.source, one.priority) = (IPAddress("10.9.0.1"), 205)
            case ("masters", "VI_6"): one.source = IPAddress("fe80::1")
            case ("backups", "VI_1"): (one.source, one.priority) = (IPAddress("10.9.0.1"), 112)
            default: one.source = IPAddress("10.9.0.1")
            }
            one.counters.advertisementsReceived = stats[router.name]?["advert_rcvd"] ?? 0
            one.counters.advertisementsSent = stats[router.name]?["advert_sent"] ?? 0
            one.counters.becameMaster = stats[router.name]?["become_master"] ?? 0
            status.routers.append(one)
        }
        for group in configuration.routing.groups {
            status.groups.append(.init(group.name, state: recording.states[group.name] ?? .initial))
        }
        return FailoverDump(
            configuration,
            status,
            clock: WallClock(now: MonotonicTime(nanoseconds: 0), nanoseconds: 1_796_062_636_227_608_000),
            values: [
                TrackedSubject(.script, "chk"): recording.name == "masters" ? .well : .unwell,
                TrackedSubject(.file, "tf"): .number(4),
            ],
            accounts: [
                AccountQuestion(user: "nobody"): .found(user: 65534, group: 65534),
                AccountQuestion(user: "root"): .found(user: 0, group: 0),
            ]
        )
    }

    private func recorded(_ recording: Recording) throws -> [[String: Any]] {
        let bytes = try TestKit.SourceTree.bytes(of: "Fixtures/vrrp/dumps/\(recording.name).json")
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
    }

    private func counters(of recording: Recording) throws -> [String: [String: UInt64]] {
        var counters: [String: [String: UInt64]] = [:]
        for item in try recorded(recording) {
            guard let data = item["data"] as? [String: Any], let name = data["iname"] as? String,
                let stats = item["stats"] as? [String: Int]
            else { continue }
            counters[name] = stats.mapValues { UInt64($0) }
        }
        return counters
    }

    /// What differs on purpose, or belongs to a moment.
    private static func masked(_ line: Substring) -> String? {
        let name = line.drop { $0 == " " }.prefix { $0 != "=" && $0 != "," }
        let passing = [
            "Last transition ", "Read timeout ", "fd_in", "fd_in ", "Using src_ip ", "Current processes ",
            "Fork delay timer", "Terminate delay timer",
        ]
        if passing.contains(where: { name.hasPrefix($0) }) { return nil }
        if name.hasPrefix("Send advert after receive higher") { return nil }
        if name.hasPrefix("Check unicast src") { return nil }
        // That of the block is not kept where each tracker has its own.
        if name.hasPrefix("Weight") { return nil }
        if name.hasPrefix("Password") { return "   Password = ********" }
        // The group of IPv6 has the number of its interface.
        if let cut = line.firstRange(of: ", ifindex") { return String(line[..<cut.lowerBound]) }
        var text = String(line).replacing("/usr/bin/", with: "/bin/")
        // keepalived takes no route of an interface that it does not know for tracked, and sets what it can.
        text = text.replacing(" no_track", with: "")
        if text.hasPrefix("     10.9.0.101/24 brd") { text = text.replacing(" set", with: "") }
        return text
    }

    @Test(arguments: recordings)
    func theDataIsTheRecordedOne(recording: Recording) throws {
        let ours = try dump(of: recording).data.split(separator: "\n").compactMap(Self.masked)
        let file = try TestKit.SourceTree.text(of: "Fixtures/vrrp/dumps/\(recording.name).data")
        var theirs = file.split(separator: "\n").compactMap(Self.masked)
        // Nothing tracks these processes: they are not looked at here.
        if let first = theirs.firstIndex(of: "------< VRRP Track processes >------") { theirs.removeSubrange(first...) }
        for (index, pair) in zip(ours, theirs).enumerated() where pair.0 != pair.1 {
            Issue.record("line \(index + 1): \(pair.0) | \(pair.1)")
            return
        }
        #expect(ours.count == theirs.count)
    }

    @Test(arguments: recordings)
    func theCountersAreTheRecordedOnes(recording: Recording) throws {
        let file = try TestKit.SourceTree.text(of: "Fixtures/vrrp/dumps/\(recording.name).stats")
        let sent = try counters(of: recording).mapValues { $0["advert_sent"] ?? 0 }
        let ours = try dump(of: recording).statistics.split(separator: "\n")
        let theirs = file.split(separator: "\n")
        #expect(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) where our != their {
            // It was written at another moment.
            #expect(our.hasPrefix("    Sent: ") || our.hasPrefix("    Received: "), "\(our) | \(their) | \(sent)")
        }
    }

    @Test(arguments: recordings)
    func theDocumentHasTheRecordedKeysAndValues(recording: Recording) throws {
        let text = try dump(of: recording).document
        let ours = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let theirs = try recorded(recording)
        #expect(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) {
            for part in ["data", "stats"] {
                let (mine, other) = (our[part] as? [String: Any] ?? [:], their[part] as? [String: Any] ?? [:])
                #expect(Set(mine.keys) == Set(other.keys))
                for (key, value) in other {
                    // Hidden, of a moment, or other on purpose.
                    if ["auth_data", "last_transition", "higher_prio_send_advert"].contains(key) { continue }
                    let texts = ["\(value)", "\(mine[key] ?? "")"].map {
                        $0.replacing("/usr/bin/", with: "/bin/").replacing(" no_track", with: "")
                            .replacing(" set", with: "")
                    }
                    #expect(texts[0] == texts[1], "\(key)")
                }
            }
        }
        #expect(!text.contains("\"one\""))
    }

    /// The second form has an object around it.
    @Test func theSecondFormHasProcesses() throws {
        let file = ReadFile(
            "track_process {\np\n}",
            before: "global_defs {\njson_version 2\n}\nvrrp_track_process p {\nprocess haproxy -Ws\nquorum_max 4\n}"
        )
        let configuration = try #require(file.loaded.failover, "\(file.messages)")
        let clock = WallClock(now: MonotonicTime(nanoseconds: 0), nanoseconds: 0)
        let text = FailoverDump(configuration, NodeStatus(), clock: clock).document
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["vrrp", "track_process"])
        let process = try #require((object["track_process"] as? [[String: Any]])?.first)
        #expect(process["process"] as? String == "p" && process["parameters"] as? String == "-Ws")
        #expect(process["param_match"] as? String == "exact" && process["max_processes"] as? Int == 4)
        #expect(process["min_processes"] as? Int == 1 && process["have_quorum"] as? Bool == false)
    }

    /// Moments of recordings, by the calendar.
    @Test(arguments: [
        (1_795_999_577_525_231, "1795999577.525231 (Mon Nov 30 00:46:17.525231 2026)"),
        (0, "0.000000 (Thu Jan  1 00:00:00.000000 1970)"),
        (951_782_399_999_999, "951782399.999999 (Mon Feb 28 23:59:59.999999 2000)"),
        (951_782_400_000_000, "951782400.000000 (Tue Feb 29 00:00:00.000000 2000)"),
    ])
    func calendar(microseconds: Int64, text: String) throws {
        let file = ReadFile()
        let configuration = try #require(file.loaded.failover)
        var status = NodeStatus()
        status.routers = [
            RouterStatus(
                "VI_1",
                state: .fault,
                since: MonotonicTime(nanoseconds: 5),
                priority: 1,
                interval: .seconds(1)
            )
        ]
        let clock = WallClock(now: MonotonicTime(nanoseconds: 5), nanoseconds: microseconds * 1000)
        #expect(FailoverDump(configuration, status, clock: clock).data.contains("Last transition = \(text)"))
    }
}
