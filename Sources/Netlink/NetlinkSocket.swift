import CNetlink
import Glibc

/// A connected netlink socket; it closes when its owner goes away.
///
/// Only this file touches libnl.
struct NetlinkSocket: ~Copyable {
    private let pointer: OpaquePointer

    /// Opens a socket and connects it to the kernel.
    ///
    /// - Parameters:
    ///   - protocol: What is spoken on it.
    ///   - waitsForAnswers: Whether `receive` waits for an answer that has not come, for two seconds at most.
    ///   - groups: The numbers of the groups whose messages are received.
    /// - Throws: `NetlinkError` when the kernel refuses the socket or a group.
    init(_ protocol: NetlinkProtocol, waitsForAnswers: Bool, groups: [UInt32]) throws(NetlinkError) {
        guard let pointer = nl_socket_alloc() else { throw .outOfMemory }
        let result = nl_connect(pointer, `protocol`.number)
        guard result >= 0 else {
            nl_socket_free(pointer)
            throw NetlinkError(libraryError: result)
        }
        for group in groups {
            let result = nl_socket_add_membership(pointer, Int32(truncatingIfNeeded: group))
            guard result < 0 else { continue }
            nl_socket_free(pointer)
            throw NetlinkError(libraryError: result)
        }
        self.pointer = pointer
        // The answers of the controller fit the buffer that libnl has; it need not look at them first.
        nl_socket_disable_msg_peek(pointer)
        let descriptor = nl_socket_get_fd(pointer)
        Self.enlargeReceiveBuffer(of: descriptor)
        // Errors then carry the header of the request only, so that a datagram full of them fits the buffer.
        var on: Int32 = 1
        _ = setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, &on, socklen_t(MemoryLayout<Int32>.size))
        if `protocol` == .route {
            // A dump is then of what its request names, and not of everything.
            _ = setsockopt(descriptor, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, socklen_t(MemoryLayout<Int32>.size))
        }
        guard waitsForAnswers else {
            nl_socket_set_nonblocking(pointer)
            return
        }
        // The kernel answers before `send` returns. What has not come after this time never will.
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        nl_socket_free(pointer)
    }

    /// Readable when a message has come.
    var descriptor: Int32 { nl_socket_get_fd(pointer) }

    /// The number by which the kernel knows this socket.
    var port: UInt32 { nl_socket_get_local_port(pointer) }

    /// The number that the kernel gave the family of generic netlink of that name.
    ///
    /// - Throws: `NetlinkError.noSuchEntry` when no module has registered it.
    func familyNumber(named name: String) throws(NetlinkError) -> UInt16 {
        let result = genl_ctrl_resolve(pointer, name)
        if result == -NLE_OBJ_NOTFOUND { throw .noSuchEntry }
        guard let number = UInt16(exactly: result) else { throw NetlinkError(libraryError: result) }
        return number
    }

    /// How many answers to requests certainly fit the receive buffer; each takes up less than this of it.
    var answerCapacity: Int {
        var size: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(nl_socket_get_fd(pointer), SOL_SOCKET, SO_RCVBUF, &size, &length) == 0 else { return 1 }
        return max(1, Int(size) / 1280)
    }

    /// Sends one datagram of messages.
    ///
    /// - Throws: `NetlinkError`; the kernel has then executed none of them.
    func send(_ bytes: [UInt8]) throws(NetlinkError) {
        var result: Int32
        repeat {
            result = bytes.withUnsafeBytes { buffer in
                nl_sendto(pointer, UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
            }
        } while result == -NLE_INTR
        guard result >= 0 else { throw NetlinkError(libraryError: result) }
    }

    /// Receives one datagram, and a second one if it has come too, each into the front of a buffer.
    ///
    /// A dump of few entries is two datagrams, its contents and its end, and system calls are what they cost most.
    ///
    /// - Returns: their lengths; 0 for one that another process sent.
    /// - Throws: `NetlinkError.noBufferSpace` when messages were lost, `.timedOut` when none came, `.messageTooLong` when
    ///   the buffers are too small, or another of the system call.
    func receive(into first: inout [UInt8], _ second: inout [UInt8]) throws(NetlinkError) -> (first: Int, second: Int?)
    {
        let capacity = min(first.count, second.count)
        var received = cnetlink_datagrams()
        repeat {
            received = first.withUnsafeMutableBytes { first in
                second.withUnsafeMutableBytes { second in
                    cnetlink_receive_two(nl_socket_get_fd(pointer), first.baseAddress, second.baseAddress, capacity)
                }
            }
        } while received.count == -EINTR
        if received.count == -EAGAIN { throw .timedOut }
        guard received.count > 0 else { throw NetlinkError(rawValue: -received.count) }
        guard max(received.lengths.0, received.lengths.1) <= capacity else { throw .messageTooLong }
        // Only the kernel has port 0; other processes may not answer for it.
        let firstLength = received.senders.0 == 0 ? received.lengths.0 : 0
        let secondLength = received.senders.1 == 0 ? received.lengths.1 : 0
        return (firstLength, received.count > 1 ? secondLength : nil)
    }

    /// Makes room for the errors of a whole datagram of requests, beyond the system's limit where that is allowed.
    private static func enlargeReceiveBuffer(of descriptor: Int32) {
        var size: Int32 = 4 << 20
        let length = socklen_t(MemoryLayout<Int32>.size)
        if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, length) < 0 {
            _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
    }
}

extension NetlinkError {
    /// The error number behind a negative result of libnl, which keeps only a class of it.
    fileprivate init(libraryError result: Int32) {
        self =
            switch -result {
            case NLE_PERM, NLE_NOACCESS: .notPermitted
            case NLE_NOMEM: .outOfMemory
            case NLE_AF_NOSUPPORT, NLE_PROTO_MISMATCH: .familyNotSupported
            case NLE_OPNOTSUPP: .notSupported
            case NLE_MSGSIZE: .messageTooLong
            case NLE_AGAIN: .timedOut
            default: .inputOutput
            }
    }
}
