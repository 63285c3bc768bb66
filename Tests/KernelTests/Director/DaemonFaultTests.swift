import Addresses
import Glibc
import IPVS
import TestKit
import Testing

/// A director in trouble: its checks go on, no healthy server is dropped, and no dead one stays.
@Suite(.needsLab, .waitsInLab)
struct DaemonFaultTests {
    /// A command of the shell that failed.
    private struct Failure: Error {
        let command: String
        let errors: String
    }

    private static func run(_ command: String) throws {
        let end = try Program.run("/bin/bash", ["-ec", command])
        guard end.status == 0 else { throw Failure(command: command, errors: end.errors) }
    }

    @Test func aFullDiskForTheLog() throws {
        try Namespace.fresh {
            let disk = try TemporaryFolder()
            try Self.run("mount -t tmpfs -o size=8k tmpfs \(disk.path)")
            defer { try? Self.run("umount \(disk.path)") }
            let scene = try FaultScene(log: "\(disk.path)/log")
            try Self.run("cat /dev/zero >\(disk.path)/ballast 2>/dev/null || true")
            func lines() throws -> [Substring] { try KernelFile.lines(of: "\(disk.path)/log") }
            var full = 0
            while try lines().count > full {
                // What is left of the log's last page is used up.
                full = try lines().count
                try scene.flap("\(full) lines")
            }
            for number in 1...3 { try scene.flap("full disk, flap \(number)") }
            #expect(try lines().count == full)
            try Self.run("rm \(disk.path)/ballast")
            try scene.flap("room again")
            try scene.stage.wait("word on lost lines") {
                try lines().contains { $0.contains(" log lines were lost: No space left on device") }
            }
            try scene.stop()
        }
    }

    /// Whoever writes to a frozen file system waits until it is thawed, whatever his descriptor says.
    @Test func theFileSystemOfTheLogAndTheMonitorFileIsFrozen() throws {
        try Namespace.fresh {
            let (disk, place) = (try TemporaryFolder(), try TemporaryFolder())
            try Self.run("truncate -s 16M \(place.path)/image; mkfs.ext4 -q -F \(place.path)/image")
            try Self.run("modprobe loop; mount -o loop \(place.path)/image \(disk.path)")
            defer { try? Self.run("fsfreeze -u \(disk.path); umount \(disk.path)") }
            let scene = try FaultScene(log: "\(disk.path)/log", block: ["monitorfile=\"\(disk.path)/monitor\""])
            try scene.flap("before")
            func lines() throws -> [Substring] { try KernelFile.lines(of: "\(disk.path)/log") }
            try Self.run("fsfreeze -f \(disk.path)")
            let frozen = try lines().count
            for number in 1...3 { try scene.flap("frozen, flap \(number)") }
            #expect(try lines().count <= frozen + 1)
            try Self.run("fsfreeze -u \(disk.path)")
            try scene.stage.wait("lines of the frozen time") {
                try lines().count { $0.contains("Restored real server: 127.0.0.12:8080") } >= 4
            }
            // In order: it went and came back each time.
            let words = try lines().compactMap { line -> String? in
                guard line.contains("127.0.0.12:8080 (10.9.0.100:80) (Weight") else { return nil }
                return line.contains("Quiescent") ? "out" : line.contains("Restored") ? "in" : nil
            }
            #expect(words.drop { $0 == "in" }.enumerated().allSatisfy { $1 == ($0.isMultiple(of: 2) ? "out" : "in") })
            try scene.flap("thawed")
            try scene.stop()
        }
    }

    @Test func theFolderOfTheMonitorFileIsGone() throws {
        try Namespace.fresh {
            let folder = try TemporaryFolder()
            let file = "\(folder.path)/monitors/web"
            try Self.run("mkdir \(folder.path)/monitors")
            let scene = try FaultScene(block: ["monitorfile=\"\(file)\""])
            let isWritten = { access(file, F_OK) == 0 }
            try scene.stage.wait("monitor file", until: isWritten)
            try Self.run("rm -r \(folder.path)/monitors")
            try scene.flap("no folder")
            try scene.stage.wait("complaint") {
                scene.stage.log.contains { $0.contains("Error writing to monitorfile '\(file)': ") }
            }
            try Self.run("mkdir \(folder.path)/monitors")
            try scene.flap("folder again")
            try scene.stage.wait("monitor file again", until: isWritten)
            try scene.stop()
        }
    }

    @Test(arguments: [false, true])
    func theMailServerIsDead(hangs: Bool) throws {
        try Namespace.fresh {
            let server =
                try hangs ? SilentServer(at: Endpoint(address: .v4(IPv4Address(value: 0x7f00_0001)), port: 25)) : nil
            let scene = try FaultScene(globals: "emailalert=\"operator@example.com\"\nsmtp=127.0.0.1\nemailalertfreq=0")
            for number in 1...5 { try scene.flap("flap \(number)") }
            let attempts = scene.stage.log.count { $0.contains("emailalert: ") }
            #expect(attempts >= 10)
            if !hangs {
                try scene.stage.wait("complaint") {
                    scene.stage.log.contains { $0.contains("failed to send SMTP email message, to be tried again: ") }
                }
            }
            let start = ContinuousClock.now
            try scene.stop()
            #expect(ContinuousClock.now - start < .seconds(10))
            withExtendedLifetime(server) {}
        }
    }

    @Test func theClockIsSteppedByAnHour() throws {
        try Namespace.fresh {
            let scene = try FaultScene()
            for step in ["+1 hour", "-1 hour", "-1 hour", "+1 hour"] {
                try Self.run("date -s '\(step)' >/dev/null")
                try scene.flap("clock \(step)")
            }
            try scene.stop()
        }
    }

    /// More servers that say nothing than there are descriptors: each check holds one until its deadline.
    @Test func allDescriptorsAreUsedUp() throws {
        try Namespace.fresh {
            let server = try SilentServer(at: Endpoint(address: .v4(IPv4Address(value: 0)), port: 8081))
            let silent = (0..<150).map { "    real=127.1.\($0 / 100).\($0 % 100 + 1):8081 masq\n" }.joined()
            let scene = try FaultScene(
                services: "virtual=10.9.0.101:80\n\(silent)    service=http\n    request=\"/\"\n    receive=\"x\"\n"
            )
            let daemon = try #require(scene.stage.daemon)
            try Self.run("prlimit --pid \(daemon.identifier) --nofile=64:64")
            let used = "[[ $(ls /proc/\(daemon.identifier)/fd | awk '$1 < 64' | wc -l) == 64 ]]"
            try scene.stage.wait("use of all") { try Program.run("/bin/bash", ["-c", used]).status == 0 }
            for number in 1...3 { try scene.flap("used up, flap \(number)") }
            try scene.stop()
            withExtendedLifetime(server) {}
        }
    }

    @Test func noDescriptorCanBeHadAtAll() throws {
        try Namespace.fresh {
            let scene = try FaultScene()
            let daemon = try #require(scene.stage.daemon)
            try Self.run("prlimit --pid \(daemon.identifier) --nofile=3:4096")
            scene.closeServer()
            daemon.send(SIGUSR1)
            // Nobody can know that it died; above all nobody may believe that the others did.
            try scene.watch(for: .seconds(3), weight: 1, "without descriptors")
            try Self.run("prlimit --pid \(daemon.identifier) --nofile=4096:4096")
            try scene.wait(for: 0, "descriptors again")
            #expect(scene.stage.log.contains { $0.contains(" log lines were lost: Too many open files") })
            try scene.openServer()
            try scene.wait(for: 1, "descriptors again")
            try scene.flap("after all")
            try scene.stop()
        }
    }

    @Test func theModuleIsTakenAwayAndComesBack() throws {
        try Namespace.fresh {
            let scene = try FaultScene(block: ["reconcile=repair"])
            let shell = try Shell()
            func inModule(_ command: String) throws -> Program {
                try shell.run(". \"$OLDPWD/contrib/lab.d/module.sh\"; \(command)")
            }
            defer { _ = try? inModule("lab_restore_ipvs") }
            let unloading = try inModule("lab_unload_ipvs")
            try #require(unloading.status == 0, "\(unloading.errors)")

            scene.closeServer()
            try scene.stage.wait("complaint") {
                scene.stage.log.contains { $0.contains("the kernel has no IPVS; is the module ip_vs missing?") }
            }
            #expect(scene.stage.daemon?.isRunning == true)
            #expect(try inModule("lab_restore_ipvs") == Program(status: 0))
            try scene.stage.reopenKernel()
            try scene.stage.wait("table again") { try scene.stage.weights(of: FaultScene.service)?.count == 3 }
            try scene.wait(for: 0, "module again")
            try scene.openServer()
            try scene.wait(for: 1, "module again")
            try scene.flap("module again")
            try scene.stop()
        }
    }
}
