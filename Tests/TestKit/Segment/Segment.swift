import Glibc
import Synchronization

/// Hosts on one link, each a namespace with the interface eth0: host a is 10.0.0.1 and fd00::1, host b 10.0.0.2 and so on.
///
/// What they send is heard on the ports of the bridge between them, and what addresses they have is followed; all of it is one timeline.
/// Several segments stand beside one another without disturbing each other.
public final class Segment {
    private static let count = Atomic<Int>(0)

    /// What happened.
    public let timeline = Timeline()
    /// A folder for files of the hosts.
    public let folder: TemporaryFolder
    private let number: Int
    private let hosts: [String]
    /// How late the machine was with what happened.
    public let metronome: Metronome
    private var captures: [SegmentCapture] = []
    private var followers: [AddressFollower] = []

    /// Builds a segment of these hosts.
    ///
    /// - Parameter unheard: the hosts whose packets are too many to be noted.
    /// - Throws: `Failure` or `Namespace.Failure` when a command fails.
    public init(hosts: [String], unheard: Set<String> = []) throws {
        number = Self.count.add(1, ordering: .relaxed).newValue
        self.hosts = hosts
        folder = try TemporaryFolder()
        metronome = try Metronome(timeline)
        try build()
        let timeline = timeline
        captures = try hosts.filter { !unheard.contains($0) }.map { host in
            try Namespace.named(switchName) { try SegmentCapture(port: "port-\(host)", host: host, timeline: timeline) }
        }
        followers = try hosts.map { host in
            try Namespace.named(name(host)) { try AddressFollower(host: host, timeline: timeline) }
        }
    }

    deinit {
        metronome.end()
        for capture in captures { capture.end() }
        for follower in followers { follower.end() }
        let names = [switchName] + hosts.map(name)
        _ = try? Program.run("ip", ["-batch", "-"], input: names.map { "netns del \($0)\n" }.joined())
    }

    /// A command that failed.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) {
            self.description = description
        }
    }

    /// The name of a host's namespace.
    public func name(_ host: String) -> String { "s\(number)-\(host)" }

    private var switchName: String { "s\(number)-switch" }

    private func build() throws {
        var commands = ["netns add \(switchName)"] + hosts.map { "netns add \(name($0))" }
        for (place, host) in hosts.enumerated() {
            let address = "02:00:00:00:00:0\(place + 1)"
            commands.append(
                "link add eth0 netns \(name(host)) address \(address) type veth peer name port-\(host) netns \(switchName)"
            )
        }
        try Self.ip(commands)
        try Self.ip(
            [
                "link add br0 type bridge forward_delay 0 stp_state 0 mcast_snooping 0", "link set br0 up",
                "link set lo up",
            ]
                + hosts.flatMap { ["link set port-\($0) master br0", "link set port-\($0) up"] },
            in: switchName
        )
        for (place, host) in hosts.enumerated() {
            let files = ["ipv6/conf/all/accept_dad", "ipv6/conf/default/accept_dad", "ipv6/conf/eth0/accept_dad"]
            try run("for file in \(files.joined(separator: " ")); do echo 0 >/proc/sys/net/$file; done", on: host)
            try Self.ip(
                [
                    "link set lo up", "link set eth0 up", "address add 10.0.0.\(place + 1)/24 dev eth0",
                    "address add fd00::\(place + 1)/64 dev eth0 nodad",
                ],
                in: name(host)
            )
        }
        // A link-local address is made a moment after the link is up.
        for host in hosts {
            let isThere = try Deadline.wait(seconds: 20) {
                try run("ip -6 address show dev eth0 scope link -tentative | grep -q fe80", on: host, mayFail: true)
                    == 0
            }
            if !isThere { throw Failure(description: "\(host) has no link-local address") }
        }
    }

    private static func ip(_ commands: [String], in namespace: String? = nil) throws {
        let words = (namespace.map { ["-n", $0] } ?? []) + ["-batch", "-"]
        let program = try Program.run("ip", words, input: commands.map { "\($0)\n" }.joined())
        guard program.status == 0 else {
            throw Failure(description: "\(commands.joined(separator: "; ")): \(program.errors)")
        }
    }

    /// Runs a command of the shell on a host; its status is 0 unless it may fail.
    @discardableResult
    public func run(_ command: String, on host: String, mayFail: Bool = false) throws -> Int32 {
        let program = try Namespace.named(name(host)) { try Program.run("/bin/sh", ["-c", command]) }
        guard mayFail || program.status == 0 else { throw Failure(description: "\(command): \(program.errors)") }
        return program.status
    }

    /// Runs a command of the shell in the switch.
    public func runInSwitch(_ command: String) throws {
        let program = try Namespace.named(switchName) { try Program.run("/bin/sh", ["-c", command]) }
        guard program.status == 0 else { throw Failure(description: "\(command): \(program.errors)") }
    }

    /// Starts a program on a host, and says so in the timeline.
    public func start(_ path: String, _ words: [String], on host: String) throws -> StartedProgram {
        try Namespace.named(name(host)) { [timeline] in
            timeline.add(.deed("starts \(path.split(separator: "/").last ?? "")"), of: host, at: timeline.now)
            return try StartedProgram(path, words)
        }
    }

    /// Says in the timeline what the test does.
    ///
    /// - Returns: the moment.
    @discardableResult
    public func note(_ deed: String, of host: String) -> Double {
        let moment = timeline.now
        timeline.add(.deed(deed), of: host, at: moment)
        return moment
    }
}
