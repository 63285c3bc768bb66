import Addresses
import Glibc
import IPVS
import IPVSNetlink
import Rules
import TestKit

/// A director under test with its configuration and web servers, in the network namespace of the calling thread.
///
/// The servers are at port 8080 of 127.0.0.N and of fd00:9::N, the virtual address 10.9.0.100 belongs to the machine, so
/// that clients are at home here too.
final class DirectorStage {
    /// The folder that a configuration calls `FOLDER`.
    let folder: TemporaryFolder
    let kernel: NetlinkKernel
    private(set) var program: StartedProgram?
    private var servers: [Int: [WebServer]] = [:]
    /// The name of the configuration in the folder.
    private let configuration: String
    /// How long a director may take for what it shall do.
    static let patience = 90
    /// What is at rest must stay the same for longer than a round of checks takes.
    private static let rest = Duration.seconds(3)

    /// Prepares the namespace.
    init(configuration: String = "ldirectord.cf") throws {
        self.configuration = configuration
        folder = try TemporaryFolder()
        kernel = try NetlinkKernel()
        for address in ["10.9.0.100/32", "fd00:9::11/128", "fd00:9::12/128", "fd00:9::13/128"] {
            _ = try Program.run("ip", ["address", "add", address, "dev", "lo"])
        }
    }

    /// Replaces the configuration.
    func write(_ configuration: String) throws {
        try write(configuration, to: self.configuration)
    }

    /// Replaces a file of the folder, as editors do it: nobody ever sees half of it.
    func write(_ text: String, to name: String) throws {
        let words = ["-c", "cat >\(folder.path)/new && mv \(folder.path)/new \(folder.path)/\(name)"]
        _ = try Program.run("/bin/sh", words, input: inFolder(text))
    }

    /// Starts our director, or another one, on the configuration.
    func start(_ path: String = "\(Lab.programs)/directrix") throws {
        try start(path, ["\(folder.path)/\(configuration)", "start"], name: "ldirectord")
    }

    /// Starts a director with these words under that name.
    func start(_ path: String, _ words: [String], name: String) throws {
        program = try StartedProgram(path, words, name: name)
    }

    /// Tells the director to read its configuration, which is this now.
    func reload(_ configuration: String) throws {
        try write(configuration)
        program?.send(SIGHUP)
    }

    /// Tells the director to stop and waits for its end.
    func stop() {
        guard let program else { return }
        program.send(SIGTERM)
        _ = Deadline.wait(seconds: Self.patience) { !program.isRunning }
        self.program = nil
    }

    /// Ends the director at once.
    ///
    /// - Returns: what it has said.
    @discardableResult
    func kill() throws -> String {
        guard let program else { return "" }
        program.kill()
        self.program = nil
        let end = try program.finish()
        return end.output + end.errors
    }

    /// Opens the web server with that number.
    func open(_ number: Int) throws {
        let addresses: [IPAddress] = [
            .v4(IPv4Address(value: 0x7f00_0000 + UInt32(number))),
            // The decimal digits are written as they are, as hexadecimal ones.
            .v6(IPv6Address(high: 0xfd00_0009_0000_0000, low: 0x10 + UInt64(number - 10))),
        ]
        servers[number] = try addresses.map { try WebServer(at: Endpoint(address: $0, port: 8080)) }
    }

    /// Closes it.
    func close(_ number: Int) { servers[number] = nil }

    /// Runs a command of the shell.
    @discardableResult
    func run(_ command: String) throws -> Program {
        try Program.run("/bin/sh", ["-c", inFolder(command)])
    }

    /// The table in the words of `-Sn`, sorted.
    func table() throws -> String {
        var bytes: [UInt8] = []
        var services = try kernel.snapshot().services
        services.sort { $0.service.key < $1.service.key }
        for index in services.indices {
            services[index].destinations.sort { $0.destination.endpoint < $1.destination.endpoint }
        }
        RuleWriter().write(Snapshot(services: services), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits until what is looked at has been the wanted for some time.
    ///
    /// - Returns: nil then; what was found last, when patience has run out.
    static func discrepancy(from wanted: String, _ look: () throws -> String) throws -> String? {
        let end = ContinuousClock.now + .seconds(patience)
        var reached: ContinuousClock.Instant?
        while true {
            let found = try look()
            let now = ContinuousClock.now
            reached = found == wanted ? reached ?? now : nil
            if let reached, now - reached >= rest { return nil }
            if now >= end { return found }
            usleep(100_000)
        }
    }

    private func inFolder(_ text: String) -> String { text.replacing("FOLDER", with: folder.path) }
}
