import Glibc

/// A file that is read to its end, such as one of `/proc`, whose size the kernel does not tell.
public enum KernelFile {
    /// The lines of the file.
    ///
    /// - Throws: `Namespace.Failure` when it cannot be read.
    public static func lines(of path: String) throws -> [Substring] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Namespace.Failure(step: "open \(path)", number: errno) }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw Namespace.Failure(step: "read \(path)", number: errno) }
            if count == 0 { return String(decoding: text, as: UTF8.self).split(separator: "\n") }
            text += piece[..<count]
        }
    }
}
