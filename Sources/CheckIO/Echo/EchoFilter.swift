import Addresses
import CLinux
import Glibc
import System

/// What the kernel passes to the socket for echo requests: replies that bear the director's secret, and nothing else.
///
/// Anybody may send replies; a flood of them fills the socket's buffer, and those that are waited for are lost. A program of
/// classic BPF, as in `Documentation/networking/filter.rst` of Linux.
struct EchoFilter {
    private static let loadByte = UInt16(BPF_LD | BPF_B | BPF_IND)
    private static let loadHalf = UInt16(BPF_LD | BPF_H | BPF_IND)
    private static let loadWord = UInt16(BPF_LD | BPF_W | BPF_IND)
    private static let headerToIndex = UInt16(BPF_LDX | BPF_B | BPF_MSH)
    private static let zeroToIndex = UInt16(BPF_LDX | BPF_W | BPF_IMM)
    private static let ifEqual = UInt16(BPF_JMP | BPF_JEQ | BPF_K)
    private static let end = UInt16(BPF_RET | BPF_K)

    private var program: [sock_filter] = []

    /// The filter for a socket of its kind.
    ///
    /// - Parameters:
    ///   - hasHeader: whether the header of IPv4 is before what is received, as raw sockets have it.
    ///   - hasIdentifier: whether the identifier is that of `EchoPacket`; the kernel gives others to sockets for datagrams,
    ///     and looks at it itself.
    init(secret: UInt64, _ family: AddressFamily, hasHeader: Bool, hasIdentifier: Bool) {
        program.append(sock_filter(code: hasHeader ? Self.headerToIndex : Self.zeroToIndex, jt: 0, jf: 0, k: 0))
        var wanted: [(load: UInt16, offset: UInt32, value: UInt32)] = [
            // The upper half of the secret comes first: it alone keeps nearly all packets away.
            (Self.loadWord, 8, UInt32(truncatingIfNeeded: secret >> 32)),
            (Self.loadWord, 12, UInt32(truncatingIfNeeded: secret)),
            (Self.loadByte, 0, family == .ipv4 ? 0 : 129),
        ]
        if hasIdentifier { wanted.append((Self.loadHalf, 4, UInt32(UInt16(truncatingIfNeeded: secret)))) }
        for (index, test) in wanted.enumerated() {
            program.append(sock_filter(code: test.load, jt: 0, jf: 0, k: test.offset))
            // A test that fails jumps over the others and over the end that passes the packet.
            let rest = UInt8(2 * (wanted.count - 1 - index) + 1)
            program.append(sock_filter(code: Self.ifEqual, jt: 0, jf: rest, k: test.value))
        }
        program.append(sock_filter(code: Self.end, jt: 0, jf: 0, k: .max))
        program.append(sock_filter(code: Self.end, jt: 0, jf: 0, k: 0))
    }

    /// Has a socket receive nothing else from now on.
    ///
    /// - Throws: `SystemFailure` of `setsockopt`.
    func attach(to descriptor: Int32) throws(SystemFailure) {
        var program = program
        let number = program.withUnsafeMutableBufferPointer { buffer in
            var whole = sock_fprog(len: UInt16(buffer.count), filter: buffer.baseAddress)
            let size = socklen_t(MemoryLayout<sock_fprog>.size)
            return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &whole, size) == 0 ? 0 : errno
        }
        guard number == 0 else { throw SystemFailure(call: "setsockopt", number: number) }
    }
}
