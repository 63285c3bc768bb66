import Glibc

/// A shell that finds our programs under their three names, in a folder of its own where it may leave files.
public final class Shell {
    private let folder: TemporaryFolder

    /// Makes the folder.
    public init() throws {
        folder = try TemporaryFolder()
        for name in ["ipvsadm", "ipvsadm-save", "ipvsadm-restore"] {
            guard symlink("\(Lab.programs)/ipvsadm", "\(path)/\(name)") == 0 else {
                throw Namespace.Failure(step: "symlink \(name)", number: errno)
            }
        }
    }

    /// The folder.
    public var path: String { folder.path }

    /// Runs a script in the folder and in the namespace of the calling thread.
    ///
    /// - Parameter isAlone: whether what it mounts is seen by nobody else.
    public func run(_ script: String, input: String = "", isAlone: Bool = false) throws -> Program {
        let words = ["/bin/bash", "-c", "cd \(path)\n\(script)"]
        return try Program.run(
            isAlone ? "/usr/bin/unshare" : words[0],
            isAlone ? ["--mount", "--"] + words : Array(words.dropFirst()),
            input: input,
            environment: ["PATH": "\(path):/usr/sbin:/usr/bin:/sbin:/bin"]
        )
    }
}
