import Addresses
import Genhash
import Glibc
import Synchronization
import TestKit

/// Ours and the original, run in the same way.
enum GenhashRun {
    /// The original, where it is installed; our own program may stand in its place.
    static let original: String? = {
        let path = "/usr/bin/genhash"
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved).hasSuffix("/keepalived") ? path : nil
    }()

    /// Runs ours within this process.
    static func run(_ words: [String], names: [String: [IPAddress]] = [:]) -> Program {
        let said = Said()
        let environment = GenhashEnvironment(
            output: { text in
                said.output.withLock { $0 += text }
                return true
            },
            complain: { text in said.errors.withLock { $0 += text } },
            addresses: { names[$0] ?? [] }
        )
        let status = GenhashProgram.run(words, environment: environment)
        return Program(
            status: status,
            output: said.output.withLock { $0 },
            errors: said.errors.withLock { $0 }
        )
    }

    private final class Said: Sendable {
        let output = Mutex("")
        let errors = Mutex("")
    }
}
