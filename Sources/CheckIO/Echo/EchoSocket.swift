import Addresses
import CLinux
import Glibc
import System
import Time

/// The socket that all echo requests of a family from one origin go out by.
///
/// A socket for datagrams where the kernel lets everybody ping, a raw one where that needs CAP_NET_RAW.
final class EchoSocket {
    let family: AddressFamily

    /// A server may answer a request as often as it likes: room for as many replies as come in some turns of the loop.
    private static let bufferSize: Int32 = 4 << 20
    /// The time after which others have their turn.
    private static let slice = Duration.milliseconds(2)

    private unowned let runner: ProbeRunner
    private let loop: EventLoop
    private let descriptor: Int32
    private let isRaw: Bool
    private let secret: UInt64
    private var watch: Watch?

    /// Opens the socket.
    ///
    /// - Throws: `SystemFailure` of `socket`, `EPERM` or `EACCES` where neither kind is allowed; of `setsockopt` or `bind`
    ///   where the origin cannot be had.
    init(_ runner: ProbeRunner, _ family: AddressFamily, from origin: SocketOrigin) throws(SystemFailure) {
        self.runner = runner
        loop = runner.loop
        self.family = family
        secret = UInt64.random(in: .min ... .max)
        let number = Int32(family == .ipv4 ? Int(IPPROTO_ICMP) : Int(IPPROTO_ICMPV6))
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        var descriptor = socket(family.number, Int32(SOCK_DGRAM.rawValue) | flags, number)
        let mayAskRaw = descriptor < 0
        if mayAskRaw { descriptor = socket(family.number, Int32(SOCK_RAW.rawValue) | flags, number) }
        guard descriptor >= 0 else { throw SystemFailure(call: "socket", number: errno) }
        do throws(SystemFailure) {
            try origin.bind(descriptor, family, isStream: false)
        } catch {
            close(descriptor)
            throw error
        }
        isRaw = mayAskRaw
        self.descriptor = descriptor
        var size: Int32 = Self.bufferSize
        // SO_RCVBUFFORCE goes beyond the system's bound, and needs CAP_NET_ADMIN.
        if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, socklen_t(MemoryLayout<Int32>.size)) != 0 {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        if isRaw { clinux_pass_echo_replies(descriptor, family.number) }
        let filter = EchoFilter(secret: secret, family, hasHeader: isRaw && family == .ipv4, hasIdentifier: isRaw)
        // Without the filter all packets are received, and told apart here.
        try? filter.attach(to: descriptor)
        watch = try loop.watch(descriptor, for: .readable) { [unowned self] _ in receive() }
    }

    deinit {
        if let watch { loop.end(watch) }
        close(descriptor)
    }

    /// Sends a request for the probe in a slot.
    ///
    /// - Throws: `SystemFailure` of `sendto`.
    func send(to address: IPAddress, slot: UInt32, sequence: UInt16, bytes count: Int) throws(SystemFailure) {
        let generation = runner.generation(of: slot)
        let packet = EchoPacket(secret: secret, slot: slot, generation: generation, sequence: sequence)
        let bytes = packet.request(family, bytes: count)
        let target = SocketAddress(Endpoint(address: address, port: 0))
        try NetworkSocket.send(bytes, to: target, by: descriptor)
    }

    /// Takes what has come, so much at most that others have their turn.
    private func receive() {
        let buffer = runner.received
        let end = runner.clock() + Self.slice
        while runner.clock() < end {
            guard let (count, sender) = NetworkSocket.receive(into: buffer, by: descriptor) else { return }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            guard let packet = EchoPacket(reply: bytes, family, hasHeader: isRaw && family == .ipv4),
                packet.secret == secret, let source = sender?.address,
                let probe = runner.probe(in: packet.slot, generation: packet.generation) as? EchoProbe
            else { continue }
            probe.answered(from: source)
        }
    }
}
