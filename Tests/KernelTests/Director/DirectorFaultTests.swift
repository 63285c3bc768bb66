import Addresses
import Glibc
import IPVS
import KernelBehaviour
import LabSupport
import Testing

/// A director when something goes wrong around it: no healthy server is lost, and no dead one stays.
@Suite(.needsKernel, .serialized)
struct DirectorFaultTests {
    /// Three servers that are asked four times a second.
    private static func configuration(_ globals: [String] = [], _ directives: [String] = []) -> String {
        let servers = (11...13).map { "real=127.0.0.\($0):8080 masq" }
        let lines = servers + ["service=http", "receive=\"ready\"", "scheduler=rr"] + directives
        let first = ["checkinterval=0.25", "checktimeout=2", "negotiatetimeout=2", "supervised=yes", "quiescent=yes"]
        return (first + globals).map { "\($0)\n" }.joined()
            + "virtual=10.9.0.100:80\n" + lines.map { "    \($0)\n" }.joined()
    }

    private static let all: [Int: Int32] = [11: 1, 12: 1, 13: 1]
    private static let withoutSecond: [Int: Int32] = [11: 1, 12: 0, 13: 1]

    /// A stage on which all three servers are up.
    private static func stage(_ configuration: String, before words: [String] = []) throws -> DirectorStage {
        let stage = try DirectorStage()
        for number in 11...13 { try stage.open(number) }
        try stage.write(configuration)
        try stage.start(before: words)
        #expect(try stage.reaches(all), "all three are up")
        return stage
    }

    /// Expects that a server that dies is taken out, one that comes back is taken in, and the director lives.
    private static func expectChecksGoOn(on stage: DirectorStage, _ occasion: Comment) throws {
        stage.close(12)
        #expect(try stage.reaches(withoutSecond, seconds: 20), occasion)
        try stage.open(12)
        #expect(try stage.reaches(all, seconds: 20), occasion)
        #expect(stage.program?.isRunning == true, occasion)
    }

    @Test(arguments: [20_261_125])
    func aDirectorThatIsKilledAtAnyMomentLeavesATableThatTheNextConvergesFrom(seed: UInt64) throws {
        try Namespace.fresh {
            var random = SeededGenerator(seed: seed)
            // What is left of a service is adopted, so nothing is cleaned up.
            let stage = try Self.stage(Self.configuration(["cleanstop=no"]))
            let virtual = Endpoint(address: .v4(IPv4Address(value: 0x0a09_0064)), port: 80)
            let lasting = try StreamClient(to: virtual)
            let answerer = try #require(try lasting.server(in: stage.kernel))
            for round in 1...200 {
                for number in 11...13 where number != answerer && Bool.random(using: &random) {
                    if stage.isOpen(number) { stage.close(number) } else { try stage.open(number) }
                }
                usleep(.random(in: 0...400_000, using: &random))
                try stage.kill()
                let weights = try #require(try stage.weights(), "seed \(seed), round \(round)")
                #expect(weights[answerer] == 1, "seed \(seed), round \(round): the healthy server keeps its weight")
                try stage.start()
                if round % 20 == 0 {
                    let wanted = Self.all.merging([12, 13, 11].map { ($0, stage.isOpen($0) ? 1 : 0) }) { $1 }
                    #expect(try stage.reaches(wanted, seconds: 30), "seed \(seed), round \(round)")
                }
            }
            #expect(try lasting.finish().contains("ready to serve"), "the connection lasted")
        }
    }

    @Test func aFullDiskAndAMissingFolderCostLinesOnly() throws {
        try Namespace.fresh {
            let stage = try DirectorStage()
            try stage.run("mkdir FOLDER/log FOLDER/gone; mount -t tmpfs -o size=4k tmpfs FOLDER/log")
            defer { _ = try? stage.run("umount FOLDER/log") }
            for number in 11...13 { try stage.open(number) }
            let text = Self.configuration(["logfile=\"FOLDER/log/file\""], ["monitorfile=\"FOLDER/gone/monitor\""])
            try stage.write(text.replacing("supervised=yes\n", with: ""))
            try stage.start(
                "\(Lab.programs)/directrix",
                before: ["/bin/sh", "-c", #"exec "$0" run --foreground "$1""#]
            )
            #expect(try stage.reaches(Self.all))
            try stage.run("head -c 100000 /dev/zero >>FOLDER/log/filler; rm -r FOLDER/gone")
            #expect(try stage.run("echo x >>FOLDER/log/more").status != 0, "the disk is full")
            try Self.expectChecksGoOn(on: stage, "with a full disk")
            try stage.run("rm FOLDER/log/filler; mkdir FOLDER/gone")
            try Self.expectChecksGoOn(on: stage, "with room again")
            #expect(try stage.run("grep -q up FOLDER/gone/monitor; grep -q Restored FOLDER/log/file").status == 0)
        }
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.9"])
    func mailThatNobodyTakesDelaysNothing(server: String) throws {
        try Namespace.fresh {
            // One of the two takes connections and never says a word.
            let silent = try StreamListener(at: Endpoint(address: .v4(IPv4Address(value: 0x7f00_0009)), port: 25))
            let stage = try Self.stage(Self.configuration(["emailalert=root@localhost", "smtp=\(server)"]))
            for _ in 0..<3 { try Self.expectChecksGoOn(on: stage, "while mails cannot be sent") }
            withExtendedLifetime(silent) {}
        }
    }

    @Test func fewDescriptorsDelayChecksAndNothingElse() throws {
        try Namespace.fresh {
            let stage = try DirectorStage()
            for number in 11...13 { try stage.open(number) }
            // Sixty servers with a check of their own each, and descriptors for a few of them at a time.
            let marks = (1...60).map { mark in
                "virtual=\(mark)\n    real=127.0.0.11 masq\n    checkport=8080\n    service=http\n"
                    + "    request=\"\(mark)\"\n"
            }
            try stage.write(Self.configuration() + marks.joined())
            let script = #"ulimit -n 24; exec "$0" run --foreground --log-to-stderr "$1""#
            try stage.start("\(Lab.programs)/directrix", before: ["/bin/bash", "-c", script])
            #expect(try stage.reaches(Self.all))
            let served = try Deadline.wait(seconds: 30) {
                try stage.kernel.snapshot().services.count { $0.destinations.map(\.destination.weight) == [1] } == 60
            }
            #expect(served, "all marks are served")
            try Self.expectChecksGoOn(on: stage, "with few descriptors")
            let down = try stage.kernel.snapshot().services.flatMap(\.destinations).count { $0.destination.weight == 0 }
            #expect(down == 0, "nobody was dropped for want of descriptors")
        }
    }

    @Test(.needsLab) func theTimeOfDayDoesNotMatter() throws {
        try Namespace.fresh {
            let stage = try Self.stage(Self.configuration())
            for step in ["+1 hour", "-2 hours", "+1 hour"] {
                #expect(try stage.run("date --set '\(step)'").status == 0)
                try Self.expectChecksGoOn(on: stage, "after a step of \(step)")
            }
        }
    }

    @Test(.needsLab) func aModuleThatGoesAndComesIsFilledAgain() throws {
        try Namespace.fresh {
            let stage = try Self.stage(Self.configuration(["reconcile=repair"]))
            let unload = """
                \(Lab.programs)/ipvsadm -C
                for namespace in /run/netns/*; do
                    if test -e $namespace; then \(Lab.programs)/ipvsadm --netns "${namespace##*/}" -C; fi
                done
                echo /nonexistent >/proc/sys/kernel/modprobe
                for attempt in $(seq 100); do
                    rmmod $(sed -n 's/^\\(ip_vs_[a-z_]*\\) .*/\\1/p' /proc/modules) ip_vs 2>/dev/null
                    test -e /sys/module/ip_vs || exit 0
                    sleep 0.1
                done
                exit 1
                """
            let gone = try stage.run(unload)
            defer { _ = try? stage.run("echo /sbin/modprobe >/proc/sys/kernel/modprobe; modprobe ip_vs") }
            #expect(gone.status == 0, "\(gone.errors)")
            stage.close(12)
            usleep(1_500_000)
            #expect(stage.program?.isRunning == true, "it lives without the module")
            try stage.run("echo /sbin/modprobe >/proc/sys/kernel/modprobe; modprobe ip_vs")
            let fresh = try DirectorStage()
            #expect(try fresh.reaches(Self.withoutSecond), "the table is made anew")
            try stage.open(12)
            #expect(try fresh.reaches(Self.all))
        }
    }
}
