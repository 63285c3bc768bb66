import Addresses
import Glibc
import IPVS
import IPVSNetlink
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
    /// How long a director may take for what it shall do.
    static let patience = 90

    /// Prepares the namespace.
    init() throws {
        folder = try TemporaryFolder()
        kernel = try NetlinkKernel()
        for address in ["10.9.0.100/32", "fd00:9::11/128", "fd00:9::12/128", "fd00:9::13/128"] {
            _ = try Program.run("ip", ["address", "add", address, "dev", "lo"])
        }
    }

    /// Replaces the configuration.
    func write(_ configuration: String) throws {
        // As editors do it: the director never sees half a file.
        let words = ["-c", "cat >\(folder.path)/new && mv \(folder.path)/new \(folder.path)/ldirectord.cf"]
        _ = try Program.run("/bin/sh", words, input: inFolder(configuration))
    }

    /// Starts our director, or another one, on the configuration.
    func start(_ path: String = "\(Lab.programs)/directrix") throws {
        program = try StartedProgram(path, ["\(folder.path)/ldirectord.cf", "start"], name: "ldirectord")
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

    private func inFolder(_ text: String) -> String { text.replacing("FOLDER", with: folder.path) }
}
