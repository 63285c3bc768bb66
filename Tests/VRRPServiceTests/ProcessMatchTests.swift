import Failover
import Glibc
import TestKit
import Testing

@testable import VRRPService

struct ProcessMatchTests {
    private func fits(_ kind: TrackedProcesses, _ name: String, _ words: [String] = []) -> Bool {
        ProcessMatch(kind).fits(Array(name.utf8)) { words.flatMap { Array($0.utf8) + [0] } }
    }

    @Test func withoutMoreTheShortNameDecides() {
        let kind = TrackedProcesses("p", command: "/usr/sbin/a-program-of-a-long-name")
        #expect(!ProcessMatch(kind).needsCommandLine)
        #expect(fits(kind, "a-program-of-a-"))
        #expect(!fits(kind, "a-program-of-a-l"))
        #expect(!fits(kind, "a-program"))
    }

    @Test(
        arguments: [
            (nil, ["x"], true), (.exact, ["-f", "/etc/a"], true), (.exact, ["-f", "/etc/a", "-D"], false),
            (.initial, ["-f", "/etc/a", "-D"], true), (.initial, ["-f", "/etc/ab"], false),
            (.partial, ["-f", "/etc/ab"], true), (.partial, ["-f"], false), (.exact, [], false),
        ] as [(TrackedProcesses.Match?, [String], Bool)]
    )
    func parametersAreComparedAsFarAsIsAskedFor(match: TrackedProcesses.Match?, words: [String], isFitting: Bool) {
        var kind = TrackedProcesses("p", command: "/usr/sbin/haproxy")
        kind.parameters = ["-f", "/etc/a"]
        kind.match = match
        #expect(fits(kind, "haproxy", ["haproxy"] + words) == isFitting)
        #expect(!fits(kind, "nginx", ["haproxy"] + words))
        kind.comparesWholeCommand = true
        #expect(fits(kind, "whatever", ["/usr/sbin/haproxy"] + words) == isFitting)
        #expect(!fits(kind, "haproxy", ["haproxy"] + words))
    }

    @Test func aScanFindsTheProcessesOfAFolder() throws {
        let folder = try TemporaryFolder()
        let script = """
            cd \(folder.path) && mkdir 10 11 12 self
            echo haproxy | tee 10/comm 11/comm >12/comm
            printf '10 (haproxy) S 1' >10/stat; printf '11 (haproxy) Z 1' >11/stat
            printf 'haproxy\\0-D\\0' >10/cmdline; : >11/cmdline; printf 'haproxy\\0' >12/cmdline
            """
        #expect(try Program.run("/bin/sh", ["-c", script]).status == 0)
        var second = TrackedProcesses("q", command: "haproxy")
        second.match = .exact
        second.parameters = ["-D"]
        let kinds = [ProcessMatch(TrackedProcesses("p", command: "haproxy")), ProcessMatch(second)]
        // 11 has ended, and of 12 nobody knows whether it runs.
        #expect(ProcessScan.processes(of: kinds, in: folder.path) == [[10], [10]])
        #expect(ProcessScan.processes(of: kinds, in: "\(folder.path)/none") == nil)
    }

    @Test func thisProcessIsFound() throws {
        let name = try [UInt8](contentsOf: "/proc/self/comm").dropLast()
        let kind = TrackedProcesses("p", command: String(decoding: name, as: UTF8.self))
        #expect(ProcessScan.processes(of: [ProcessMatch(kind)])?.first?.contains(getpid()) == true)
    }
}
