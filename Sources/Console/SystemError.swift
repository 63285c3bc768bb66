import Glibc

/// The error number with which a system call failed.
package struct SystemError: Error, Hashable, Sendable {
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    /// The error of the call that has just failed.
    package static var last: SystemError { SystemError(code: errno) }

    /// Whether nobody reads any more.
    package var isBrokenPipe: Bool { code == EPIPE }

    /// The words of the C library.
    package var message: String {
        guard let text = strerror(code) else { return "Unknown error \(code)" }
        return String(cString: text)
    }
}
