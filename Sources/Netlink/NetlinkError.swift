import Glibc

/// An error number, with which the kernel refuses a request or a system call of the conversation fails.
///
/// The numbers are Linux's `errno` on every architecture that this package runs on.
package struct NetlinkError: RawRepresentable, Error, Hashable, Sendable {
    /// The `errno` number, positive.
    package let rawValue: Int32

    /// Makes the error of that positive `errno` number, whether it has a name here or not.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// `EPERM`: the caller lacks CAP_NET_ADMIN.
    package static let notPermitted = NetlinkError(rawValue: 1)
    /// `ENOENT`: nothing of that name; of a generic family, no module has registered it.
    package static let noSuchEntry = NetlinkError(rawValue: 2)
    /// `EIO`: a system call failed for a reason that libnl did not pass on.
    package static let inputOutput = NetlinkError(rawValue: 5)
    /// `ENOMEM`.
    package static let outOfMemory = NetlinkError(rawValue: 12)
    /// `EMSGSIZE`: a datagram is longer than the room for it.
    package static let messageTooLong = NetlinkError(rawValue: 90)
    /// `EOPNOTSUPP`: the kernel does not know the request.
    package static let notSupported = NetlinkError(rawValue: 95)
    /// `EAFNOSUPPORT`: the kernel does not have the protocol.
    package static let familyNotSupported = NetlinkError(rawValue: 97)
    /// `ENOBUFS`: the receive buffer overflowed and messages were lost.
    package static let noBufferSpace = NetlinkError(rawValue: 105)
    /// `ETIMEDOUT`: no answer came.
    package static let timedOut = NetlinkError(rawValue: 110)
}

extension NetlinkError: CustomStringConvertible {
    /// The words of the C library for the error.
    package var description: String {
        strerror(rawValue).map { String(cString: $0) } ?? "Unknown error \(rawValue)"
    }
}
