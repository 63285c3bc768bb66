import CLinux
import Glibc
import Synchronization
import TestKit

/// A server that runs, with all its processes in one group, until this value goes.
final class RunningServer {
    /// Where its files are.
    let folder: TemporaryFolder
    /// The ports that it serves.
    let ports: [UInt16]
    private var process: pid_t = 0
    private let words: [String]

    /// What could not be done.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Prepares a server and starts it.
    init(_ server: RealServer) throws {
        folder = try TemporaryFolder()
        ports = try (0..<server.portCount).map { _ in try Self.freePort() }
        let (path, numbers) = (folder.path, ports)
        func filled(_ text: String) -> String { Self.filled(text, path, numbers) }
        for (name, text) in server.files { try Self.run("cat >\(path)/\(name)", input: filled(text)) }
        try Self.run("chmod 755 \(path) && cp \(try TestCertificates.shared.folder.path)/* \(path)")
        if !server.preparation.isEmpty { try Self.run("cd \(path)\n" + filled(server.preparation)) }
        words = ["/bin/sh", "-c", "cd \(path); exec \(filled(server.command)) </dev/null >>output 2>&1"]
        try start()
    }

    deinit { stop() }

    /// What the server has said.
    var output: String {
        (try? Program.run("/bin/sh", ["-c", "tail -n 40 \(folder.path)/output"]))?.output ?? ""
    }

    /// A text with the folder and the ports in their places.
    func filled(_ text: String) -> String { Self.filled(text, folder.path, ports) }

    private static func filled(_ text: String, _ folder: String, _ ports: [UInt16]) -> String {
        var text = text.replacing("FOLDER", with: folder)
        for (index, port) in ports.enumerated() { text = text.replacing("PORT\(index)", with: "\(port)") }
        return text
    }

    private func start() throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        let number = posix_spawn(&process, words[0], nil, &attributes, arguments, variables)
        guard number == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(number)))") }
    }

    /// Halts all its processes: it takes connections, and says nothing.
    func halt() { kill(-process, SIGSTOP) }

    /// Lets them go on.
    func resume() { kill(-process, SIGCONT) }

    /// Ends it, at once if need be.
    func stop() {
        guard process > 0 else { return }
        kill(-process, SIGTERM)
        kill(-process, SIGCONT)
        var status: Int32 = 0
        if !Deadline.wait(seconds: 5, until: { waitpid(process, &status, WNOHANG) != 0 }) {
            kill(-process, SIGKILL)
            waitpid(process, &status, 0)
        }
        // Those that it left behind, who have its sockets until they are gone.
        _ = Deadline.wait(seconds: 5) { kill(-process, SIGKILL) != 0 }
        process = 0
    }

    static func run(_ script: String, input: String = "") throws {
        let program = try Program.run("/bin/sh", ["-ec", script], input: input)
        guard program.status == 0 else {
            throw Failure(description: "\(script)\n\(program.output)\(program.errors)")
        }
    }

    /// The ports that servers of this process got.
    ///
    /// The kernel would give one twice, before the first server is there.
    private static let claimed = Mutex<Set<UInt16>>([])

    /// A port that nobody serves now, over TCP and UDP, and that the kernel gives to no client.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 12_000..<32_000)
            guard claimed.withLock({ $0.insert(port).inserted }) else { continue }
            if isFree(port, SOCK_STREAM), isFree(port, SOCK_DGRAM) { return port }
        }
        throw Failure(description: "no free port")
    }

    private static func isFree(_ port: UInt16, _ type: __socket_type) -> Bool {
        let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// Whether a file can be executed.
func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
