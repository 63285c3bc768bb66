import CLinux
import Glibc

/// A network namespace in which a piece of a test runs, on a thread of its own.
///
/// Sockets that are opened and programs that are started there belong to the namespace, also after the thread has ended.
public enum Namespace {
    /// Why a namespace cannot be had.
    public struct Failure: Error, CustomStringConvertible {
        public let step: String
        public let number: Int32
        public var description: String { "\(step): \(String(cString: strerror(number)))" }
    }

    /// Runs `body` in a new namespace whose loopback interface is up.
    public static func fresh<Result>(_ body: @escaping () throws -> Result) throws -> Result {
        try onThread {
            guard unshare(CLONE_NEWNET) == 0 else { throw Failure(step: "unshare", number: errno) }
            try raiseLoopback()
            return try body()
        }
    }

    /// Runs `body` in the namespace that `ip netns` knows by that name.
    public static func named<Result>(_ name: String, _ body: @escaping () throws -> Result) throws -> Result {
        try onThread {
            let descriptor = open("/run/netns/\(name)", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Failure(step: "open namespace \(name)", number: errno) }
            defer { close(descriptor) }
            guard setns(descriptor, CLONE_NEWNET) == 0 else { throw Failure(step: "setns \(name)", number: errno) }
            return try body()
        }
    }

    private static func raiseLoopback() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(step: "socket", number: errno) }
        defer { close(descriptor) }
        var request = ifreq()
        withUnsafeMutableBytes(of: &request.ifr_ifrn.ifrn_name) { $0.copyBytes(from: "lo".utf8) }
        request.ifr_ifru.ifru_flags = Int16(IFF_UP)
        guard ioctl(descriptor, UInt(SIOCSIFFLAGS), &request) == 0 else {
            throw Failure(step: "raise loopback", number: errno)
        }
    }

    /// A namespace belongs to a thread, and the threads of the pool serve other tests.
    private static func onThread<Result>(_ body: @escaping () throws -> Result) throws -> Result {
        try BackgroundWork(body).finish()
    }
}
