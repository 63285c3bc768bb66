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

    /// The words of the C library for the error.
    package var message: String {
        guard let text = strerror(number) else { return "Unknown error \(number)" }
        return String(cString: text)
    }

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
