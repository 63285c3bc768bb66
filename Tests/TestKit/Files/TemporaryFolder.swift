import Glibc

/// A folder of a test's own, removed with everything in it at the end of this value.
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
        remove()
    }

    /// Removes it at once, with everything in it.
    public func remove() { Self.remove(path) }

    /// The text of a file in it.
    public func text(of name: String) throws -> String {
        String(decoding: try [UInt8](contentsOf: "\(path)/\(name)"), as: UTF8.self)
    }

    /// The names of the files in it, sorted.
    public var names: [String] {
        get throws { try TestKit.names(inFolder: path) }
    }

    /// Without a process of its own, for some tests wait for any child that ends.
    private static func remove(_ path: String) {
        for name in (try? TestKit.names(inFolder: path)) ?? [] where unlink("\(path)/\(name)") != 0 {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }
}
