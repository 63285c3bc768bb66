import CLinux
import Glibc

/// A program that runs beside the test, in the namespace of the thread that started it.
public final class StartedProgram {
    private let process: pid_t
    private let streams: [Int32]
    /// What waitpid has said of it.
    private var outcome: Int32?

    /// Starts the program.
    ///
    /// - Throws: `Namespace.Failure` when it cannot be started.
    public init(
        _ path: String,
        _ arguments: [String] = [],
        name: String? = nil,
        input: String = "",
        environment: [String: String] = [:]
    ) throws {
        streams = try (0..<3).map { _ in try Self.temporaryFile() }
        var child = pid_t()
        do {
            try Self.fill(streams[0], with: input)
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            for (number, stream) in streams.enumerated() {
                posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
            }
            // The threads of the pool block signals, and what they start would inherit that.
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            var blocked = sigset_t()
            sigemptyset(&blocked)
            posix_spawnattr_setsigmask(&attributes, &blocked)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
            var variables = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
            variables.merge(environment) { $1 }
            let number = Self.withCStrings([name ?? path] + arguments) { words in
                Self.withCStrings(variables.map { "\($0)=\($1)" }) { variables in
                    posix_spawnp(&child, path, &actions, &attributes, words, variables)
                }
            }
            guard number == 0 else { throw Namespace.Failure(step: "start \(path)", number: number) }
        } catch {
            for stream in streams { close(stream) }
            throw error
        }
        process = child
    }

    deinit {
        if outcome == nil {
            kill()
            waitForEnd()
        }
        for stream in streams { close(stream) }
    }

    /// The number of its process.
    public var identifier: Int32 { process }

    /// Ends it at once, and without its doing anything about it.
    public func kill() {
        send(SIGKILL)
    }

    /// Sends it a signal, unless it has been seen to end.
    public func send(_ signal: Int32) {
        if outcome == nil { Glibc.kill(process, signal) }
    }

    /// Whether it still runs.
    public var isRunning: Bool {
        if outcome == nil {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { outcome = status }
        }
        return outcome == nil
    }

    /// Waits for its end.
    public func finish() throws -> Program {
        waitForEnd()
        let status = outcome ?? 0
        let signal = status & 0x7f
        return Program(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
            output: try Self.contents(of: streams[1]),
            errors: try Self.contents(of: streams[2])
        )
    }

    private func waitForEnd() {
        guard outcome == nil else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        outcome = status
    }

    private static func temporaryFile() throws -> Int32 {
        let descriptor = memfd_create("stream", UInt32(MFD_CLOEXEC))
        guard descriptor >= 0 else { throw Namespace.Failure(step: "memfd_create", number: errno) }
        return descriptor
    }

    private static func fill(_ descriptor: Int32, with text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Namespace.Failure(step: "write", number: errno) }
            rest = rest.dropFirst(count)
        }
        lseek(descriptor, 0, SEEK_SET)
    }

    private static func contents(of descriptor: Int32) throws -> String {
        let length = Int(lseek(descriptor, 0, SEEK_END))
        var bytes = [UInt8](repeating: 0, count: length)
        guard pread(descriptor, &bytes, length, 0) == length else {
            throw Namespace.Failure(step: "read", number: errno)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func withCStrings<Result>(
        _ words: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
