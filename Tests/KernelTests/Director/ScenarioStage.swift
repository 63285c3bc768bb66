import Addresses
import Glibc
import IPVS
import IPVSNetlink
import LabSupport
import Rules

/// A network namespace with servers in which one director plays a scenario.
final class ScenarioStage {
    /// Whose director it is.
    enum Director: Sendable {
        case original
        case ours
    }

    /// A step after which the table was not what it should be.
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
    private var servers: [Int: [WebServer]] = [:]
    private var program: StartedProgram?
    private static let patience = 90
    /// A director's table must stay the same for longer than a round of its checks takes.
    private static let rest = Duration.seconds(3)

    /// Plays a scenario in a namespace of its own.
    ///
    /// - Returns: the first step that went wrong; nil when all went well.
    static func play(_ scenario: DirectorScenario, _ director: Director) throws -> Discrepancy? {
        try Namespace.fresh { try ScenarioStage(director).play(scenario) }
    }

    private init(_ director: Director) throws {
        self.director = director
        folder = try TemporaryFolder()
        kernel = try NetlinkKernel()
        for number in 11...13 {
            _ = try Program.run("ip", ["-6", "address", "add", "fd00:9::\(number)/128", "dev", "lo", "nodad"])
        }
    }

    private func play(_ scenario: DirectorScenario) throws -> Discrepancy? {
        try write(scenario.configuration)
        for (index, step) in scenario.steps.enumerated() {
            switch step {
            case .start: program = try start()
            case .stop: try stop()
            case .reload(let configuration):
                try write(configuration)
                program?.send(SIGHUP)
            case .open(let number): servers[number] = try open(number)
            case .close(let number): servers[number] = nil
            case .run(let command): try run(inFolder(command))
            case .make(let name): try run("touch \(folder.path)/\(name)")
            case .remove(let name): try run("rm \(folder.path)/\(name)")
            case .ipvsadm(let words): try run("\(Lab.programs)/ipvsadm \(words)")
            case .rest(let expected, let original, _):
                let wanted = (director == .original ? original : nil) ?? expected
                let found = try tableAtRest(wanted)
                if found != wanted {
                    return Discrepancy(step: index, expected: wanted, found: found, log: try endLog())
                }
            }
        }
        try stop()
        return nil
    }

    private func write(_ configuration: String) throws {
        // As editors do it: the director never sees half a file.
        let words = ["-c", "cat >\(folder.path)/new && mv \(folder.path)/new \(folder.path)/ldirectord.cf"]
        _ = try Program.run("/bin/sh", words, input: inFolder(configuration))
    }

    private func inFolder(_ text: String) -> String {
        text.split(separator: "FOLDER", omittingEmptySubsequences: false).joined(separator: folder.path)
    }

    private func start() throws -> StartedProgram {
        let words = ["\(folder.path)/ldirectord.cf", "start"]
        switch director {
        case .original: return try StartedProgram("/usr/sbin/ldirectord", words)
        case .ours: return try StartedProgram("\(Lab.programs)/directrix", words, name: "ldirectord")
        }
    }

    private func stop() throws {
        guard let program else { return }
        program.send(SIGTERM)
        _ = Deadline.wait(seconds: Self.patience) { !program.isRunning }
        self.program = nil
    }

    /// What the director has said, after its end.
    private func endLog() throws -> String {
        guard let program else { return "" }
        program.kill()
        self.program = nil
        let end = try program.finish()
        return end.output + end.errors
    }

    private func open(_ number: Int) throws -> [WebServer] {
        let addresses: [IPAddress] = [
            .v4(IPv4Address(value: 0x7f00_0000 + UInt32(number))),
            // The decimal digits are written as they are, as hexadecimal ones.
            .v6(IPv6Address(high: 0xfd00_0009_0000_0000, low: 0x10 + UInt64(number - 10))),
        ]
        return try addresses.map { try WebServer(at: Endpoint(address: $0, port: 8080)) }
    }

    private func run(_ command: String) throws {
        _ = try Program.run("/bin/sh", ["-c", command])
    }

    /// The table, as soon as it has been the wanted one for some time, or when patience has run out.
    private func tableAtRest(_ wanted: String) throws -> String {
        let end = ContinuousClock.now + .seconds(Self.patience)
        var reached: ContinuousClock.Instant?
        while true {
            let found = try table()
            let now = ContinuousClock.now
            reached = found == wanted ? reached ?? now : nil
            if let reached, now - reached >= Self.rest { return found }
            if now >= end { return found }
            usleep(100_000)
        }
    }

    /// The table in the words of `-Sn`, sorted.
    private func table() throws -> String {
        var bytes: [UInt8] = []
        var services = try kernel.snapshot().services
        services.sort { $0.service.key < $1.service.key }
        for index in services.indices {
            services[index].destinations.sort { $0.destination.endpoint < $1.destination.endpoint }
        }
        RuleWriter().write(Snapshot(services: services), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
