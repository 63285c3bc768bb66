import Glibc

extension TemporaryFolder {
    /// Writes a file of that name, which may be run.
    ///
    /// - Returns: its path.
    @discardableResult
    public func write(_ name: String, _ text: String) -> String {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
        _ = text.withCString { Glibc.write(descriptor, $0, text.utf8.count) }
        close(descriptor)
        return file
    }

    /// The text of a file; empty when there is none.
    public func text(_ name: String) -> String { (try? text(of: name)) ?? "" }

    /// Whether a path in it leads to something.
    public func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }
}
