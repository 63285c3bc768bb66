import Addresses
import Glibc
import TestKit

/// A host of a segment with processes, a /run and an /etc/keepalived of its own, as one machine has them: `killall -0 haproxy` finds
/// no process of another one.
final class SeedMachine {
    let name: String
    private let segment: Segment
    private let folder: TemporaryFolder
    private let root: StartedProgram
    private let process: Int32
    private var daemon: StartedProgram?

    /// Sets the machine up.
    ///
    /// - Throws: `Segment.Failure` when a command fails.
    init(_ name: String, on segment: Segment) throws {
        self.name = name
        self.segment = segment
        folder = try TemporaryFolder()
        let script = """
            mount -t tmpfs -o mode=755 tmpfs /run && mount --bind \(folder.path) /etc/keepalived && : >/run/ready
            while :; do sleep 5 & wait $!; done
            """
        let words = ["--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "/bin/bash", "-c", script]
        let root = try segment.start("/usr/bin/unshare", words, on: name)
        self.root = root
        var found: Int32 = 0
        _ = try Deadline.wait(seconds: 30) {
            let answer = try Program.run("pgrep", ["-P", "\(root.identifier)"])
            found = Int32(answer.output.prefix { $0.isNumber }) ?? 0
            return found > 1
        }
        process = found
        guard try Deadline.wait(seconds: 30, until: { try run("test -e /run/ready").status == 0 }) else {
            throw Segment.Failure(description: "\(name): the machine does not begin: \(try run("true").errors)")
        }
    }

    deinit {
        kill()
    }

    /// Ends all of it at once.
    func kill() {
        segment.note("dies", of: name)
        Glibc.kill(process, SIGKILL)
        root.kill()
    }

    private func words(_ command: String) -> [String] {
        ["-t", "\(process)", "-m", "-p", "-n", "--", "/bin/bash", "-c", command]
    }

    /// Runs a command of the shell.
    @discardableResult
    func run(_ command: String) throws -> Program { try Program.run("nsenter", words(command)) }

    /// Puts a file into /etc/keepalived, as an editor does it.
    func write(_ name: String, _ text: String, isProgram: Bool = false) throws {
        let path = "\(folder.path)/\(name)"
        let command = "cat >\(path).new && chmod \(isProgram ? 755 : 644) \(path).new && mv \(path).new \(path)"
        _ = try Program.run("/bin/sh", ["-c", command], input: text)
    }

    /// Puts a file of the seeds there, as it is.
    func useSeed(_ name: String) throws {
        try write(
            "keepalived.conf",
            String(decoding: [UInt8](contentsOf: "Fixtures/keepalived/seeds/\(name).conf"), as: UTF8.self)
        )
    }

    /// Starts the command keepalived of ours on /etc/keepalived/keepalived.conf.
    func startDirector() throws {
        segment.note("starts keepalived", of: name)
        let line = "exec -a keepalived \(Lab.programs)/directrix --dont-fork --log-console --no-syslog >/run/log 2>&1"
        daemon = try StartedProgram("/usr/bin/nsenter", words(line))
    }

    /// Signals the daemon by its PID file, as service scripts do.
    func signal(_ word: String) throws {
        segment.note(word, of: name)
        try run("kill -\(word) $(cat /run/keepalived.pid)")
    }

    /// Starts Debian's haproxy with a page that has the name of the machine.
    func startProxy() throws {
        segment.note("starts haproxy", of: name)
        try write(
            "haproxy.cfg",
            """
            global
                pidfile /run/haproxy.pid
            defaults
                mode http
                timeout client 5s
                timeout server 5s
                timeout connect 5s
            frontend web
                bind 0.0.0.0:80
                http-request return status 200 content-type text/plain string "\(name)"

            """
        )
        let answer = try run("haproxy -D -f /etc/keepalived/haproxy.cfg")
        guard answer.status == 0 else { throw Segment.Failure(description: "haproxy: \(answer.errors)") }
    }

    /// Ends haproxy at once.
    func stopProxy() throws {
        segment.note("kills haproxy", of: name)
        try run("killall -KILL haproxy")
    }

    /// Whether haproxy runs.
    func hasProxy() throws -> Bool { try run("killall -0 haproxy").status == 0 }

    /// Whether the daemon runs.
    func hasDirector() throws -> Bool { try run("killall -0 keepalived").status == 0 }

    /// What the daemon has said.
    func log() -> String { (try? run("cat /run/log").output) ?? "" }

    /// A file of the machine.
    func text(_ path: String) -> String { (try? run("cat \(path)").output) ?? "" }

    /// Whether it has an address now, by all that was seen.
    func holds(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        var isThere = false
        for entry in segment.timeline.all where entry.host == name {
            if case .address(address, let comes) = entry.matter { isThere = comes }
        }
        return isThere
    }

    /// How often it was given an address.
    func arrivals(of address: String) -> Int {
        guard let address = IPAddress(address) else { return 0 }
        return segment.timeline.all.count { $0.host == name && $0.matter == .address(address, isThere: true) }
    }
}
