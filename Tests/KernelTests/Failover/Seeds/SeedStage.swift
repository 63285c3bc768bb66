import TestKit

/// Two machines on a segment, and a client beside them.
final class SeedStage {
    let segment: Segment
    let a: SeedMachine
    let b: SeedMachine

    /// What was not as it had to be, with all that was seen.
    struct Discrepancy: Error, CustomStringConvertible {
        let description: String
    }

    init() throws {
        segment = try Segment(hosts: ["a", "b", "c"])
        a = try SeedMachine("a", on: segment)
        b = try SeedMachine("b", on: segment)
    }

    /// Gives the interface of both machines another name.
    func rename(_ interface: String) throws {
        guard interface != "eth0" else { return }
        for (machine, number) in [(a, 1), (b, 2)] {
            try machine.run(
                """
                ip link set eth0 down && ip link set eth0 name \(interface) && ip link set \(interface) up \
                && ip address replace 10.0.0.\(number)/24 dev \(interface)
                """
            )
        }
    }

    /// Connects both machines by one more interface, over a bridge of its own: the link of one fails without that of the other.
    func connect(_ interface: String) throws {
        var commands = [
            "ip link add br1 type bridge forward_delay 0 stp_state 0 mcast_snooping 0", "ip link set br1 up",
        ]
        for machine in [a, b] {
            let port = "more-\(machine.name)"
            commands += [
                "ip link add \(port) type veth peer name \(interface) netns \(segment.name(machine.name))",
                "ip link set \(port) master br1 up",
            ]
        }
        try segment.runInSwitch(commands.joined(separator: " && "))
        for (machine, number) in [(a, 1), (b, 2)] {
            try machine.run("ip link set \(interface) up && ip address add 10.0.1.\(number)/24 dev \(interface)")
        }
    }

    func pause(_ seconds: Double) {
        let end = segment.timeline.now + seconds
        _ = Deadline.wait(seconds: Int(seconds) + 10, pause: 5_000) { segment.timeline.now >= end }
    }

    /// Waits until something is so; a busy lab may take half as long again.
    func wait(_ seconds: Double, _ what: String, until isSo: () throws -> Bool) throws {
        let begin = segment.timeline.now
        while segment.timeline.now < begin + seconds * 1.5 {
            if try isSo() { return }
            pause(0.05)
        }
        throw discrepancy("not within \(seconds) s: \(what)")
    }

    func expect(_ holds: Bool, _ what: String) throws {
        if !holds { throw discrepancy(what) }
    }

    /// Asks for the page behind an address from the third host, which tells the machine that answers.
    func expectAnswer(_ name: String, at address: String) throws {
        try segment.run("ip route replace \(address) dev eth0 && ip neigh flush all", on: "c")
        var found = ""
        for _ in 0..<5 where found != name {
            let answer = try Namespace.named(segment.name("c")) {
                try Program.run("curl", ["-sS", "--max-time", "2", "http://\(address)/"])
            }
            found = answer.output
        }
        try expect(found == name, "\(address) was answered by '\(found)' and not by \(name)")
    }

    func discrepancy(_ what: String) -> Discrepancy {
        let timeline = segment.timeline.all.suffix(200).map { "  \($0)\n" }.joined()
        let logs = [a, b].map { "\($0.name): \($0.log().suffix(6_000))\n" }.joined()
        return Discrepancy(description: "\(what)\n\(timeline)\(logs)")
    }
}
