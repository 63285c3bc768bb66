import Glibc
import TestKit
import VRRPControl

/// A host of a segment on which one program runs a virtual router.
final class FailoverHost {
    /// Which program it is.
    enum Kind: String {
        case ours
        case keepalived
    }

    let name: String
    let kind: Kind
    var router: LabRouter
    private let segment: Segment
    private var program: StartedProgram?

    init(_ name: String, _ kind: Kind, _ router: LabRouter, on segment: Segment) {
        self.name = name
        self.kind = kind
        self.router = router
        self.segment = segment
    }

    deinit {
        kill()
    }

    private var prefix: String { "\(segment.folder.path)/\(name)" }
    /// Not below the folder of the test, which the user that the process becomes cannot reach.
    var runtimeFolder: String { "/run/vrrp-\(segment.name(name))" }

    /// Starts the program.
    ///
    /// - Returns: the moment.
    @discardableResult
    func start() throws -> Double {
        let moment = segment.timeline.now
        switch kind {
        case .ours:
            try write(KeyedText.bytes(of: router.set), to: "\(prefix).routers")
            let words = ["--folder", runtimeFolder, "--routers", "\(prefix).routers"]
            program = try segment.start("\(Lab.programs)/directrix-vrrp", words, on: name)
        case .keepalived:
            try write(Array(router.file.utf8), to: "\(prefix).conf")
            let words = [
                "-n", "-l", "-D", "-P", "-f", "\(prefix).conf", "-p", "\(prefix).pid", "-r", "\(prefix).vrrp.pid",
            ]
            program = try segment.start("/usr/sbin/keepalived", words, on: name)
        }
        return moment
    }

    /// Starts ours without telling it of any router.
    func startAlone() throws {
        program = try segment.start("\(Lab.programs)/directrix-vrrp", ["--folder", runtimeFolder], on: name)
    }

    /// Removes what ours left behind.
    func sweep() throws -> Program {
        let words = ["sweep", "--folder", runtimeFolder]
        return try segment.start("\(Lab.programs)/directrix-vrrp", words, on: name).finish()
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let program = try Program.run("/bin/sh", ["-c", "cat >\(path)"], input: String(decoding: bytes, as: UTF8.self))
        guard program.status == 0 else { throw Segment.Failure(description: program.errors) }
    }

    /// Tells the program to end, and does not wait for that.
    ///
    /// - Returns: the moment.
    func stop() -> Double {
        let moment = segment.note("TERM", of: name)
        program?.send(SIGTERM)
        return moment
    }

    /// Ends all of the program at once.
    @discardableResult
    func kill() -> Double {
        let moment = segment.note("KILL", of: name)
        // The parent of keepalived's processes would start another child, and its child end in order without it.
        program?.send(SIGSTOP)
        if kind == .keepalived, let text = try? segment.folder.text(of: "\(name).vrrp.pid"),
            let process = Int32(text.prefix { $0.isNumber }), process > 1
        {
            Glibc.kill(process, SIGKILL)
        }
        program?.kill()
        _ = try? program?.finish()
        program = nil
        // Nobody may have taken note of the child's end yet, and the next one would find its number taken.
        for file in ["pid", "vrrp.pid"] { unlink("\(prefix).\(file)") }
        return moment
    }

    /// What the program wrote to its standard error; it is ended for that.
    func log() -> String {
        guard let program else { return "" }
        program.kill()
        self.program = nil
        return (try? program.finish().errors) ?? ""
    }

    /// The pages that the process has in memory, in kB; nil where it does not run.
    var memory: Int? {
        guard let program, let bytes = try? [UInt8](contentsOf: "/proc/\(program.identifier)/status") else {
            return nil
        }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    }

    /// The user that the process runs as; nil where it does not run.
    var user: UInt32? {
        guard let program else { return nil }
        var status = stat()
        return stat("/proc/\(program.identifier)", &status) == 0 ? status.st_uid : nil
    }
}
