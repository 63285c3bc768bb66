import Glibc

/// A folder that is there as long as this value is.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        var template = Array("/tmp/directrix.XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let path else { throw Namespace.Failure(step: "mkdtemp", number: errno) }
        self.path = path
    }

    deinit {
        _ = try? Program.run("/bin/rm", ["-rf", "--", path])
    }
}
