import Addresses
import Configuration
import Failover
import Keepalived
import Links
import TestKit
import Testing
import VRRP

/// What is said of virtual routers: keepalived's lines to the letter.
struct RouterLineTests {
    private static let address = IPAddress.v4(IPv4Address(value: 0x0a09_0002))
    private static let virtual = IPAddress.v4(IPv4Address(value: 0x0a09_0064))

    private func lines(_ matter: RouterMatter, of name: String = "VI_1", old: Bool = false) -> [String] {
        var configuration = FailoverConfiguration()
        configuration.tellsOldLines = old
        return RouterLines(configuration).lines(about: .router(name, matter, state: .backup, priority: 100))
    }

    private func lines(_ matter: NodeMatter) -> [String] {
        RouterLines(FailoverConfiguration()).lines(about: .node(matter))
    }

    /// Each line that keepalived 2.2.7 wrote in recorded runs is said by an event.
    ///
    /// Not among them are lines of scripts, which the director's process says, and of what we do not do: mastership is not given
    /// up when an address is taken away.
    @Test(arguments: ["faults", "pair"])
    func everyRecordedLineIsSaid(recording: String) throws {
        let other = RouterMatter.Other(Self.address, priority: 200)
        var said: Set<String> = []
        for name in ["VI_1", "VI_2"] {
            var matters: [RouterMatter] = [
                .timedOut, .heardPriorityZero(from: Self.address), .sentPriorityZero, .yielded(to: other, own: 50),
                .yielded(to: other, own: 112), .intervalLearned(from: .milliseconds(200), to: .milliseconds(300)),
                .intervalRestored(from: .milliseconds(300), to: .milliseconds(200)),
            ]
            for state in RouterState.allCases {
                matters += [.entering(state, isFirst: true), .entering(state, isFirst: false)]
            }
            for belonging in [RouterMatter.Belonging.addresses, .unadvertisedAddresses, .routes, .rules] {
                matters += [.setting(belonging), .removing(belonging)]
            }
            for (old, new) in [(150, 130), (130, 150), (100, 112)] as [(UInt8, UInt8)] {
                matters.append(.priorityChanged(from: old, to: new))
            }
            for matter in matters { said.formUnion(lines(matter, of: name)) }
        }
        var configuration = FailoverConfiguration()
        let multicast = Audience.multicast(MulticastSettings(group: Self.address))
        var router = VirtualRouter("VI_1", family: .ipv4, routerID: 51, interface: "d0", audience: multicast)
        for last in [100, 101, 111] as [UInt32] {
            let address = IPAddress.v4(IPv4Address(value: 0x0a09_0000 + last))
            router.addresses.append(VirtualAddress(LinkAddress(address, on: "d0")))
        }
        configuration.routing.routers = [router]
        let entered = RouterEvent.router("VI_1", .entered(.master), state: .master, priority: 150)
        said.formUnion(RouterLines(configuration).lines(about: entered))
        for name in ["d0", "d1"] {
            for isUp in [true, false] { said.formUnion(lines(.interface(name, isUp: isUp))) }
        }
        for matter in [NodeMatter.delayed(.seconds(1)), .delayEnded, .reloading, .reloaded, .stopping(keeps: false)] {
            said.formUnion(lines(matter))
        }
        let recorded = try SourceTree.text(of: "Fixtures/vrrp/log/\(recording).txt").split(separator: "\n").map(
            String.init
        )
        #expect(recorded.count > 20)
        for line in recorded {
            let isOfOthers =
                line.hasPrefix("Script `") || line.hasPrefix("VRRP_Script(")
                || line.contains("Netlink reflector reports IP")
            // Addresses differ from run to run.
            let isAddress = line.hasPrefix("Assigned address") || line.hasPrefix("Deassigned address")
            #expect(said.contains(line) || isOfOthers || isAddress, "\(line)")
        }
    }

    @Test func addressesOfInterfaces() {
        #expect(lines(.addressCame(Self.address, on: "d0")) == ["Assigned address 10.9.0.2 for interface d0"])
        #expect(lines(.addressWent(Self.address, on: "d0")) == ["Deassigned address 10.9.0.2 from interface d0"])
    }

    /// Formats of keepalived 2.2.7's program, with their values.
    @Test func linesOfTheElection() {
        let lower = RouterMatter.Other(Self.address, priority: 90)
        let same = RouterMatter.Other(Self.address, priority: 150)
        let expected: [(RouterMatter, String)] = [
            (
                .yielded(to: same, own: 150),
                "(VI_1) Master received advert from 10.9.0.2 with same priority 150 but higher IP address than ours"
            ),
            (
                .heardLower(lower, own: 150, answers: true),
                "(VI_1) Received advert from 10.9.0.2 with lower priority 90, ours 150, forcing new election"
            ),
            (
                .heardLower(lower, own: 150, answers: false),
                "(VI_1) Received advert from 10.9.0.2 with lower priority 90, ours 150"
            ),
            (.discardedLower(lower), "(VI_1) received lower priority (90) advert from 10.9.0.2 - discarding"),
            (.delayBegan(.seconds(5)), "(VI_1) start preempt delay (5.000000)"),
            (.delayEnded, "(VI_1) stop preempt delay"),
            (
                .ownAddressHeard(Self.address, priority: 1),
                "(VI_1) WARNING - equal priority advert received from remote host with our IP address."
            ),
            (.faultBegan(.interfaceDown("eth0")), "(VI_1): entering FAULT state (interface eth0 down)"),
            (.faultBegan(.tracked(TrackedSubject(.script, "chk"))), "(VI_1): entering FAULT state due to script chk"),
            (.faultBegan(.tracked(TrackedSubject(.file, "tf"))), "(VI_1): tracked file tf now FAULT state"),
            (
                .faultBegan(.noAddress(.ipv4, "eth0")),
                "(VI_1) entering FAULT state (no IPv4 address for interface) eth0"
            ),
            (.active(addresses: 3, after: .microseconds(1850)), "(VI_1) active: 3 addresses in 1.8 ms"),
            (
                .twoMasters(other: Self.address, difference: .password),
                "(VI_1) another router advertises from 10.9.0.2: password differs; both are active"
            ),
        ]
        for (matter, line) in expected { #expect(lines(matter) == [line]) }
        let group = RouterLines(FailoverConfiguration()).lines(
            about: .group("G", .synchronising(.master), state: .master)
        )
        #expect(group == ["VRRP_Group(G) Syncing instances to MASTER state"])
    }

    /// The texts of keepalived 2.2.7's program, with the source behind them.
    @Test func rejectionsHaveTheSourceBehindThem() {
        let expected: [(RejectionReason, String)] = [
            (.tooShort(.ipv4, length: 7), "IPv4 VRRP packet too short - 7 bytes"),
            (.unexpectedHeader, "Received AH header but auth type not AH"),
            (.missingHeader, "No AH header but auth type is AH"),
            (.length(received: 44, expected: 40), "vrrp packet too long, length 44 and expect 40"),
            (.length(received: 36, expected: 40), "vrrp packet too short, length 36 and expect 40"),
            (.hops(received: 254), "invalid TTL/HL. Received 254 and expect 255"),
            (.version(received: 3, own: 2), "wrong version. Received 3 and expect 2"),
            (.unknownAuthentication(7), "Invalid auth type: 7"),
            (.authentication(received: 0, own: 1), "received a 0 auth, expecting 1!"),
            (.password, "received an invalid passwd!"),
            (
                .headerDigest,
                "IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !"
            ),
            (.headerIndex(received: 5, expected: 6), "IPSEC AH : invalid IPSEC SPI value. 5 and expect 6"),
            (.headerReplayed(sequence: 3), "IPSEC-AH : sequence number 3 already processed. Packet dropped."),
            (
                .interval(received: .seconds(2), own: .seconds(1)),
                "advertisement interval mismatch mine=1 sec rcv'd=2 sec"
            ),
            (.type(2), "Invalid packet type. 2 and expect 1"),
            (.addressCount(received: 2, own: 1), "received an unexpected ip number count 2, expected 1!"),
            (.checksum(version: 2), "Invalid VRRPv2 checksum"), (.checksum(version: 3), "Invalid VRRPv3 checksum"),
            (.unexpectedUnicast, "Expected multicast packet but received unicast packet"),
            (.unexpectedMulticast, "Expected unicast packet but received multicast packet"),
            (
                .missingAddress(Self.virtual, routerID: 51),
                "ip address associated with VRID 51 not present in MASTER advert: 10.9.0.100"
            ),
            (.stranger(Self.address), "unicast source address 10.9.0.2 not a unicast peer"),
            (.hopsOutOfRange(received: 64, allowed: 250...255), "TTL/HL 64 not in range 250 - 255"),
        ]
        for (reason, text) in expected {
            #expect(lines(.rejected(reason, from: Self.address, count: 1)) == ["(VI_1) \(text) from 10.9.0.2"])
        }
        #expect(
            lines(.rejected(.password, from: Self.address, count: 85))
                == ["(VI_1) received an invalid passwd! from 10.9.0.2 (85 times)"]
        )
        #expect(
            lines(.noticed(.addressCount(received: 2, own: 1), from: Self.address))
                == ["(VI_1) expected 1 VIPs but received 2 from 10.9.0.2"]
        )
        #expect(
            lines(.unknownRouter(99, on: "eth0", from: Self.address, count: 1))
                == ["Unknown VRID(99) received on interface(eth0) from 10.9.0.2. ignoring..."]
        )
    }

    @Test func linesOfTheFirstVersionStandBesideWhereTheyAreWanted() {
        #expect(
            lines(.timedOut, old: true) == [
                "(VI_1) Receive advertisement timeout", "VRRP_Instance(VI_1) Transition to MASTER STATE",
            ]
        )
        #expect(
            lines(.entering(.master, isFirst: false), old: true) == [
                "(VI_1) Entering MASTER STATE", "VRRP_Instance(VI_1) Entering MASTER STATE",
            ]
        )
        #expect(lines(.priorityChanged(from: 1, to: 2), old: true).count == 1)
    }
}
