import CLinux
import Glibc

/// A program that was run to its end.
public struct Program: Equatable, Sendable {
    /// Its exit status, or 128 and the number of the signal that ended it.
    public let status: Int32
    public let output: String
    public let errors: String

    /// Runs a program in the namespace of the calling thread and waits for it.
    ///
    /// - Throws: `Namespace.Failure` when it cannot be started.
    public static func run(
        _ path: String,
        _ arguments: [String] = [],
        name: String? = nil,
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Program {
        let streams = try (0..<3).map { _ in try temporaryFile() }
        defer { for stream in streams { close(stream) } }
        try fill(streams[0], with: input)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        var variables = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
        variables.merge(environment) { $1 }
        var child = pid_t()
        let number = withCStrings([name ?? path] + arguments) { words in
            withCStrings(variables.map { "\($0)=\($1)" }) { variables in
                posix_spawnp(&child, path, &actions, nil, words, variables)
            }
        }
        guard number == 0 else { throw Namespace.Failure(step: "start \(path)", number: number) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return Program(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
            output: try contents(of: streams[1]),
            errors: try contents(of: streams[2])
        )
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
