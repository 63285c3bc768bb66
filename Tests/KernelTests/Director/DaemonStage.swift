import Addresses
import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

/// A director as a program of its own, with a folder for its files, in a namespace.
final class DaemonStage {
    /// Something that did not come in time.
    struct Late: Error, CustomStringConvertible {
        let what: String
        let log: String
        var description: String { "not in time: \(what)\n\(log)" }
    }

    let folder: TemporaryFolder
    private(set) var kernel: NetlinkKernel
    private let place: String?
    private(set) var daemon: StartedProgram?
    /// The seconds that anything may take: many, as the lab is slow; what has a limit of its own is measured.
    private static let patience = 60

    /// Gets ready in the namespace of that name, or in that of the calling thread.
    init(in place: String? = nil) throws {
        self.place = place
        folder = try TemporaryFolder()
        kernel = try place.map { try LabNetwork.kernel(of: $0) } ?? NetlinkKernel()
    }

    deinit {
        daemon?.kill()
    }

    /// Writes the configuration as editors do it: the director never sees half a file.
    func write(_ configuration: String) throws {
        let words = ["-c", "cat >\(folder.path)/new && mv \(folder.path)/new \(folder.path)/test.cf"]
        let text = configuration.split(separator: "FOLDER", omittingEmptySubsequences: false)
        _ = try Program.run("/bin/sh", words, input: text.joined(separator: folder.path))
    }

    /// Starts the director, after a command of the shell.
    func start(after command: String = ":") throws {
        let line = "\(command) && exec \(Lab.programs)/directrix run --foreground \(folder.path)/test.cf"
        let run = { try StartedProgram("/bin/bash", ["-c", line]) }
        daemon = try place.map { try Namespace.named($0, run) } ?? run()
    }

    /// Ends the director at once, without its doing anything about it.
    func kill() throws {
        daemon?.kill()
        _ = try daemon?.finish()
        daemon = nil
    }

    /// Tells the director to stop and waits for its end.
    func stop() throws -> Program? {
        guard let daemon else { return nil }
        daemon.send(SIGTERM)
        try wait("end") { !daemon.isRunning }
        self.daemon = nil
        return try daemon.finish()
    }

    /// Writes another configuration and lets it be read; returns when that is done.
    func reload(_ configuration: String) throws {
        try write(configuration)
        let endings = ["is loaded", "what was in force stays in force"]
        let count = { self.log.count { line in endings.contains { line.hasSuffix($0) } } }
        let before = count()
        daemon?.send(SIGHUP)
        try wait("reload") { count() > before }
    }

    /// Begins another conversation with the kernel, after its module went away and came back.
    func reopenKernel() throws {
        kernel = try NetlinkKernel()
    }

    /// The lines of the log of the file's `logfile=FOLDER/log`.
    var log: [Substring] { (try? KernelFile.lines(of: "\(folder.path)/log")) ?? [] }

    /// The weights of a service's servers; nil where there is no such service.
    func weights(of service: ServiceKey) throws -> [Endpoint: Int32]? {
        try kernel.table()[service].map { entry in
            entry.destinations.reduce(into: [:]) { $0[$1.endpoint] = $1.weight }
        }
    }

    /// Waits until something is so.
    ///
    /// - Throws: `Late` after a minute, or when the director ended.
    func wait(_ what: String, until isReached: () throws -> Bool) throws {
        guard try Deadline.wait(seconds: Self.patience, until: isReached) else {
            throw Late(what: what, log: log.suffix(40).joined(separator: "\n"))
        }
    }

    /// Waits until a service's servers have these weights.
    func wait(_ what: String, for weights: [Endpoint: Int32], of service: ServiceKey) throws {
        do {
            try wait(what) { try self.weights(of: service) == weights }
        } catch let error as Late {
            let found = try self.weights(of: service)
            throw Late(what: "\(what): \(weights), found \(String(describing: found))", log: error.log)
        }
    }
}
