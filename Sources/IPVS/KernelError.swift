/// The error number with which the kernel refuses a request.
///
/// The numbers are Linux's `errno` on every architecture that this package runs on.
public struct KernelError: RawRepresentable, Error, Hashable, Sendable {
    /// The `errno` number, positive.
    public let rawValue: Int32

    /// Makes the error of that positive `errno` number, whether it has a name here or not.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// `EPERM`: the caller lacks CAP_NET_ADMIN.
    public static let notPermitted = KernelError(rawValue: 1)
    /// `ENOENT`: no such real server; or the scheduler or persistence engine is not to be had.
    public static let noSuchEntry = KernelError(rawValue: 2)
    /// `ESRCH`: no such virtual service; or no such daemon runs.
    public static let noSuchService = KernelError(rawValue: 3)
    /// `EIO`: a system call failed for a reason that was not passed on.
    public static let inputOutput = KernelError(rawValue: 5)
    /// `ENOMEM`.
    public static let outOfMemory = KernelError(rawValue: 12)
    /// `EBUSY`: the socket has a dump that is not finished.
    public static let busy = KernelError(rawValue: 16)
    /// `EEXIST`: the service, server or daemon is there already.
    public static let exists = KernelError(rawValue: 17)
    /// `ENODEV`: no such interface.
    public static let noSuchDevice = KernelError(rawValue: 19)
    /// `EINVAL`: an attribute is missing or malformed, the address is not unicast, families or daemons conflict, and more.
    public static let invalid = KernelError(rawValue: 22)
    /// `ERANGE`: a negative weight, or a lower threshold above the upper one.
    public static let outOfRange = KernelError(rawValue: 34)
    /// `EMSGSIZE`.
    public static let messageTooLong = KernelError(rawValue: 90)
    /// `ENOPROTOOPT`: no reference to the module could be taken.
    public static let protocolNotAvailable = KernelError(rawValue: 92)
    /// `EOPNOTSUPP`: the kernel does not know the command.
    public static let notSupported = KernelError(rawValue: 95)
    /// `EAFNOSUPPORT`: not a family that IPVS serves, or IPv6 is off.
    public static let familyNotSupported = KernelError(rawValue: 97)
    /// `ENOBUFS`: the receive buffer overflowed and messages were lost.
    public static let noBufferSpace = KernelError(rawValue: 105)
    /// `ETIMEDOUT`: no answer came.
    public static let timedOut = KernelError(rawValue: 110)
}
