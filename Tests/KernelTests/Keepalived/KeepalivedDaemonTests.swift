import Addresses
import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

/// The command keepalived as a program: its files, its signals, and what it leaves.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct KeepalivedDaemonTests {
    private static let patience = 60
    private static let service = ServiceKey.endpoint(
        .tcp,
        Endpoint(address: .v4(IPv4Address(value: 0x0a09_0064)), port: 80)
    )

    /// A folder for the files of a daemon, with a configuration of two servers that are always up.
    private struct Place {
        let folder: TemporaryFolder

        init(_ before: String = "") throws {
            folder = try TemporaryFolder()
            let text = """
                \(before)
                virtual_server 10.9.0.100 80 {
                    lb_algo wlc
                    lb_kind NAT
                    protocol TCP
                    real_server 127.0.0.11 8080 {
                    }
                    real_server 127.0.0.12 8080 {
                        weight 3
                    }
                }

                """
            _ = try Program.run("/bin/sh", ["-c", "cat >\(folder.path)/keepalived.conf"], input: text)
        }

        /// The words of a shell that starts a daemon there.
        func line(_ words: String) -> String {
            """
            cd \(folder.path) && TMPDIR=\(folder.path) RUNTIME_DIRECTORY=\(folder.path) \
            exec -a keepalived \(Lab.programs)/directrix -f keepalived.conf \(words)
            """
        }

        func start(_ words: String) throws -> StartedProgram {
            try StartedProgram("/bin/bash", ["-c", line(words)])
        }

        func text(_ name: String) -> String {
            (try? String(decoding: [UInt8](contentsOf: "\(folder.path)/\(name)"), as: UTF8.self)) ?? ""
        }
    }

    private func weights(_ kernel: NetlinkKernel) -> [Int32] {
        (try? kernel.table()[Self.service]?.destinations.map(\.weight).sorted()) ?? []
    }

    private func wait(_ condition: () -> Bool) -> Bool { Deadline.wait(seconds: Self.patience, until: condition) }

    @Test func aDaemonIsToldBySignals() throws {
        try Namespace.fresh {
            let place = try Place()
            let kernel = try NetlinkKernel()
            let victim = "\(place.folder.path)/victim"
            _ = try Program.run(
                "/bin/sh",
                ["-c", "echo kept >\(victim); ln -s victim \(place.folder.path)/keepalived_check.data"]
            )
            let daemon = try place.start("-n -l -G")
            #expect(wait { weights(kernel) == [1, 3] })
            #expect(place.text("keepalived.pid") == "\(daemon.identifier)\n")
            #expect(place.text("checkers.pid") == "\(daemon.identifier)\n")

            daemon.send(SIGUSR1)
            #expect(wait { place.text("keepalived_check.data").contains("RIP = 127.0.0.12, RPORT = 8080, WEIGHT = 3") })
            #expect(place.text("victim") == "kept\n")
            var status = stat()
            #expect(lstat("\(place.folder.path)/keepalived_check.data", &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o600 && status.st_mode & S_IFMT == S_IFREG)
            #expect(wait { place.text("keepalived_parent.data").hasPrefix("------< Global definitions >------\n") })

            _ = try Program.run(
                "/bin/sh",
                ["-c", "sed -i 's/weight 3/weight 5/' \(place.folder.path)/keepalived.conf"]
            )
            daemon.send(SIGHUP)
            #expect(wait { weights(kernel) == [1, 5] })

            daemon.send(SIGTERM)
            let end = try daemon.finish()
            #expect(end.status == 0)
            #expect(try kernel.table().entries.isEmpty)
            #expect(place.text("keepalived.pid").isEmpty && place.text("checkers.pid").isEmpty)
            for line in [
                "Starting Keepalived v2.2.7 (01/16,2022)", "Gained quorum 1+0=1 <= 4 for VS [10.9.0.100]:tcp:80",
                "Reloading ...", "Reload complete",
                "Shutting down service [127.0.0.11]:tcp:8080 from VS [10.9.0.100]:tcp:80",
                "Stopped Keepalived v2.2.7 (01/16,2022)",
            ] {
                #expect(end.errors.contains(": \(line)\n"), "\(line)")
            }
        }
    }

    @Test func theTableCanBeLeft() throws {
        try Namespace.fresh {
            let place = try Place()
            let kernel = try NetlinkKernel()
            let daemon = try place.start("-n -G -I")
            #expect(wait { weights(kernel) == [1, 3] })
            daemon.send(SIGTERM)
            #expect(try daemon.finish().status == 0)
            #expect(weights(kernel) == [1, 3])
        }
    }

    /// The command returns when the table is in the kernel; a second one finds the first.
    @Test func aDaemonWorksInTheBackground() throws {
        try Namespace.fresh {
            let place = try Place("instance blue")
            let kernel = try NetlinkKernel()
            #expect(try Program.run("/bin/bash", ["-c", place.line("-G")]).status == 0)
            #expect(weights(kernel) == [1, 3])
            let again = try Program.run("/bin/bash", ["-c", place.line("-G")])
            #expect(again.status == 0 && again.errors == "daemon is already running\n")
            #expect(try Program.run("/bin/bash", ["-c", place.line("-nG")]).status == 1)
            let id = place.text("keepalived/keepalived_blue.pid").split(separator: "\n").first.flatMap { Int32($0) }
            kill(try #require(id), SIGTERM)
            #expect(wait { weights(kernel).isEmpty })
        }
    }

    /// Named by the file, and by the command line, which has its way.
    @Test(arguments: [
        ("net_namespace directrix-a", "", "directrix-a"), ("net_namespace none", "-s directrix-b", "directrix-b"),
    ])
    func aDaemonWorksInItsNamespace(word: String, words: String, name: String) throws {
        _ = try Program.run("ip", ["netns", "add", name])
        defer { _ = try? Program.run("ip", ["netns", "delete", name]) }
        // Without it the kernel knows no way to the servers, and refuses them.
        _ = try Program.run("ip", ["-n", name, "link", "set", "lo", "up"])
        try Namespace.fresh {
            let place = try Place(word)
            let kernel = try Namespace.named(name) { try NetlinkKernel() }
            let daemon = try place.start("-n -G \(words)")
            #expect(wait { weights(kernel) == [1, 3] })
            #expect(try NetlinkKernel().table().entries.isEmpty)
            #expect(place.text("keepalived/\(name)/keepalived.pid") == "\(daemon.identifier)\n")
            daemon.send(SIGTERM)
            #expect(try daemon.finish().status == 0)
            #expect(weights(kernel).isEmpty)
        }
    }

    @Test func aNamespaceThatIsNotThereIsTold() throws {
        try Namespace.fresh {
            let place = try Place()
            let program = try Program.run("/bin/bash", ["-c", place.line("-n -G -s directrix-none")])
            #expect(program.status == 1)
            #expect(program.errors == "network namespace directrix-none: No such file or directory\n")
        }
    }
}
