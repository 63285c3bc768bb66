import Addresses
import Glibc
import IPVS
import IPVSNetlink
import Rules
import TestKit

/// A network namespace in which one keepalived plays a scenario.
final class KeepalivedStage {
    /// Whose it is.
    enum Director: Sendable {
        case original
        case ours
    }

    /// A step after which something was not what it should be.
    struct Discrepancy: Sendable, CustomStringConvertible {
        let step: Int
        let expected: String
        let found: String
        let log: String

        var description: String { "step \(step): expected\n\(expected)found\n\(found)\(log)" }
    }

    private let director: Director
    private let folder: TemporaryFolder
    private let kernel: NetlinkKernel
    private var program: StartedProgram?
    private var reader: StartedProgram?
    private var servers: [Int: WebServer] = [:]
    private var readCount = 0

    /// The time for which everything must stay as it is; longer than a round of checks takes.
    private static let rest = Duration.seconds(3)
    private static let patience = 90

    /// Plays a scenario in a namespace of its own.
    ///
    /// - Returns: the first step that went wrong; nil when all went well.
    static func play(_ scenario: KeepalivedScenario, _ director: Director) throws -> Discrepancy? {
        try Namespace.fresh { try KeepalivedStage(director).play(scenario) }
    }

    private init(_ director: Director) throws {
        self.director = director
        folder = try TemporaryFolder()
        kernel = try NetlinkKernel()
        _ = try Program.run("ip", ["address", "add", "10.9.0.100/32", "dev", "lo"])
        // Held open for writing too, it never ends.
        reader = try StartedProgram(
            "/bin/sh",
            ["-c", "mkfifo \(folder.path)/fifo && exec cat <>\(folder.path)/fifo >\(folder.path)/lines"]
        )
        _ = Deadline.wait(seconds: Self.patience) { access("\(folder.path)/lines", F_OK) == 0 }
    }

    private func play(_ scenario: KeepalivedScenario) throws -> Discrepancy? {
        defer { reader?.kill() }
        try write("keepalived.conf", scenario.configuration)
        for (index, step) in scenario.steps.enumerated() {
            switch step {
            case .start: try start()
            case .stop: stop()
            case .reload(let configuration):
                try write("keepalived.conf", configuration)
                program?.send(SIGHUP)
            case .open(let number):
                let address = IPAddress.v4(IPv4Address(value: 0x7f00_0000 + UInt32(number)))
                servers[number] = try WebServer(at: Endpoint(address: address, port: 8080))
            case .close(let number): servers[number] = nil
            case .file(let name, let text): try write(name, "\(text)\n")
            case .wait(let seconds): sleep(UInt32(seconds))
            case .rest(let table, let lines):
                if let discrepancy = try expect(table, lines, at: index) { return discrepancy }
            case .differs(let table, let lines, let original, let originalLines, _):
                let (table, lines) = director == .original ? (original, originalLines) : (table, lines)
                if let discrepancy = try expect(table, lines, at: index) { return discrepancy }
            }
        }
        stop()
        return nil
    }

    private func start() throws {
        let words = [
            "-n", "-l", "-C", "-f", "\(folder.path)/keepalived.conf", "-p", "\(folder.path)/parent.pid", "-c",
            "\(folder.path)/checkers.pid", "-b", "\(folder.path)/bfd.pid",
        ]
        let path = director == .original ? "/usr/sbin/keepalived" : "\(Lab.programs)/directrix"
        program = try StartedProgram(path, words, name: "keepalived")
    }

    private func stop() {
        guard let program else { return }
        program.send(SIGTERM)
        _ = Deadline.wait(seconds: Self.patience) { !program.isRunning }
        self.program = nil
    }

    /// As editors do it: nobody ever sees half a file.
    private func write(_ name: String, _ text: String) throws {
        let path = "\(folder.path)/\(name)"
        _ = try Program.run(
            "/bin/sh",
            ["-c", "cat >\(path).new && mv \(path).new \(path)"],
            input: text.replacing("FOLDER", with: folder.path)
        )
    }

    // MARK: What is at rest

    /// Waits until table and lines have been the wanted ones for some time, or patience has run out.
    private func expect(_ table: String, _ lines: [String], at step: Int) throws -> Discrepancy? {
        let wanted = table + Self.text(of: lines)
        let end = ContinuousClock.now + .seconds(Self.patience)
        var reached: ContinuousClock.Instant?
        while true {
            let written = try linesSoFar()
            let found = try tableNow() + Self.text(of: Array(written.dropFirst(readCount)))
            let now = ContinuousClock.now
            reached = found == wanted ? reached ?? now : nil
            if let reached, now - reached >= Self.rest {
                readCount = written.count
                return nil
            }
            if now >= end { return Discrepancy(step: step, expected: wanted, found: found, log: try kill()) }
            usleep(100_000)
        }
    }

    /// Lines by what they are about, those of one object in order.
    private static func text(of lines: [String]) -> String {
        var states: [String: [String]] = [:]
        for line in lines {
            guard let blank = line.lastIndex(of: " ") else { continue }
            states[String(line[..<blank]), default: []].append(String(line[line.index(after: blank)...]))
        }
        return states.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))\n" }.joined()
    }

    private func linesSoFar() throws -> [String] {
        String(decoding: try [UInt8](contentsOf: "\(folder.path)/lines"), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    /// The table in the words of `-Sn`, sorted.
    private func tableNow() throws -> String {
        var bytes: [UInt8] = []
        var services = try kernel.snapshot().services
        services.sort { $0.service.key < $1.service.key }
        for index in services.indices {
            services[index].destinations.sort { $0.destination.endpoint < $1.destination.endpoint }
        }
        RuleWriter().write(Snapshot(services: services), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Ends the director at once; gives what it has said.
    private func kill() throws -> String {
        guard let program else { return "" }
        program.kill()
        self.program = nil
        let end = try program.finish()
        return end.output + end.errors
    }
}
