import Glibc

/// A file that is open for writing.
final class Pen {
    private let descriptor: Int32

    init(_ path: String, _ flags: Int32 = O_TRUNC) { descriptor = open(path, O_WRONLY | O_CREAT | flags, 0o644) }

    deinit { close(descriptor) }

    func write(_ text: some StringProtocol) {
        _ = String(text).withCString { Glibc.write(descriptor, $0, strlen($0)) }
    }
}
