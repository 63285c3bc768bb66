import Glibc

/// A system call that failed, and why.
package struct SystemFailure: Error, Hashable, Sendable {
    /// The name of the call.
    package var call: String
    /// Its error number, as `errno` has it.
    package var number: Int32

    /// Makes a failure of that call with that error number.
    package init(call: String, number: Int32) {
        self.call = call
        self.number = number
    }

    /// The failure of the call of that name that has just failed, by `errno`.
    package static func last(_ call: String) -> SystemFailure { SystemFailure(call: call, number: errno) }

    /// The words of the C library for an error number.
    package static func text(of number: Int32) -> String {
        guard let text = strerror(number) else { return "Unknown error \(number)" }
        return String(cString: text)
    }

    /// The words of the C library for the error.
    package var message: String { Self.text(of: number) }

    /// Whether nobody reads any more.
    package var isBrokenPipe: Bool { number == EPIPE }

    /// Whether descriptors, memory or processes have run out: the same may succeed later.
    package var isExhaustion: Bool {
        switch number {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC, EAGAIN: true
        default: false
        }
    }

    /// Whether a file could not be written for want of room or of a disk that can be written, which may end.
    package var isShortage: Bool { [ENOSPC, EDQUOT, EROFS].contains(number) }
}

extension SystemFailure: CustomStringConvertible {
    /// `socket: Too many open files`.
    package var description: String { "\(call): \(message)" }
}
