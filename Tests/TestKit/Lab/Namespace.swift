import CLinux
import Glibc
import System

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

    /// Programs that outlive the test that started them: their namespace stays with them, and its table in the kernel.
    public struct LeftBehind: Error, CustomStringConvertible {
        /// The number and the name of each process.
        public let processes: [String]
        public var description: String { "left running in the namespace: \(processes.joined(separator: ", "))" }
    }

    /// Runs `body` in a new namespace whose loopback interface is up.
    ///
    /// - Throws: what `body` throws; `LeftBehind` when a program that it started there goes on running.
    public static func fresh<Result>(_ body: @escaping () throws -> Result) throws -> Result {
        try onThread {
            guard unshare(CLONE_NEWNET) == 0 else { throw Failure(step: "unshare", number: errno) }
            try raiseLoopback()
            let result = try body()
            guard Deadline.wait(seconds: 10, until: { processesHere().isEmpty }) else {
                throw LeftBehind(processes: processesHere())
            }
            return result
        }
    }

    /// The processes whose namespace is that of the calling thread, without this one.
    private static func processesHere() -> [String] {
        guard case .names(let names) = FolderListing(of: "/proc"), let here = identity("/proc/thread-self/ns/net")
        else {
            return []
        }
        return names.compactMap { Int32($0) }.sorted()
            .filter { $0 != getpid() && identity("/proc/\($0)/ns/net") == here }
            .map { "\($0) \((SystemFile.text("/proc/\($0)/comm") ?? "").split(separator: "\n").first ?? "")" }
    }

    private static func identity(_ path: String) -> ino_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_ino : nil
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
