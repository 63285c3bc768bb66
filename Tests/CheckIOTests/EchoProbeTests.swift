import Addresses
import CLinux
import Configuration
import Dialogues
import Glibc
import TestKit
import Testing

@testable import CheckIO
@testable import System

@Suite(.waits)
struct EchoProbeTests {
    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"), arguments: ["127.0.0.1", "127.3.2.1", "::1"])
    func hostThatAnswersIsUp(address: String) throws {
        let bench = try Bench()
        let target = Endpoint(address: try #require(IPAddress(address)), port: 0)
        #expect(try bench.check(.ping(attempts: 2), target).told == CheckResult(.up, .echo(.passed)))
    }

    /// Requests of another size, which are seen by everybody who may see ICMP.
    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"), arguments: ["127.0.0.1", "::1"])
    func requestsHaveTheSizeThatIsWanted(address: String) throws {
        let bench = try Bench()
        let target = Endpoint(address: try #require(IPAddress(address)), port: 0)
        let witness = try #require(Self.open(target.address.family, SOCK_RAW))
        defer { close(witness) }
        #expect(try bench.check(.echo(bytes: 128), target).told == CheckResult(.up, .echo(.passed)))
        let header = target.address.family == .ipv4 ? 20 : 0
        var sizes: Set<Int> = []
        var bytes = [UInt8](repeating: 0, count: 2_048)
        while case let count = recv(witness, &bytes, bytes.count, 0), count > 0 { sizes.insert(count - header) }
        #expect(sizes.contains(8 + 128))
    }

    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"))
    func manyAreAskedAtOnce() throws {
        let bench = try Bench()
        for number in 1...500 {
            let address = IPAddress.v4(IPv4Address(value: 0x7f00_0000 + UInt32(number)))
            bench.start(.ping(attempts: 1), Endpoint(address: address, port: 0), token: number)
        }
        try bench.run(results: 500)
        #expect(bench.results.values.allSatisfy { $0.verdict == .up })
    }

    /// In a network of its own, where nobody answers.
    @Test(.enabled(if: Self.mayPing && Self.mayBeApart, "needs CAP_NET_RAW, CAP_SYS_ADMIN and a writable /proc/sys"))
    func silenceIsATimeout() async {
        await #expect(processExitsWith: .success) {
            precondition(unshare(CLONE_NEWNET) == 0)
            let target = Endpoint(address: .v4(IPv4Address(value: 0x7f00_0001)), port: 0)
            let without = try Bench()
            let result = try without.check(.ping(attempts: 1), target).told
            let text = "echo request: Network is unreachable"
            precondition(result == CheckResult(.down, .echo(.unreachable), text: text))

            precondition(system(EchoProbeTests.silence) == 0)
            let bench = try Bench()
            let late = try bench.check(.ping(attempts: 3), target, timeout: .seconds(3), step: .milliseconds(100))
            let lateText = "no reply to 3 echo requests within 3 s"
            precondition(late.told == CheckResult(.down, .echo(.timeout), text: lateText))
        }
    }

    @Test func requestIsReadBackAsItsReply() {
        let packet = EchoPacket(secret: 0x1122_3344_5566_7788, slot: 7, generation: 9, sequence: 3)
        for (family, reply) in [(AddressFamily.ipv4, UInt8(0)), (.ipv6, 129)] {
            var bytes = packet.request(family)
            bytes.withUnsafeBytes { #expect(EchoPacket(reply: $0, family, hasHeader: false) == nil) }
            bytes[0] = reply
            bytes.withUnsafeBytes { #expect(EchoPacket(reply: $0, family, hasHeader: false) == packet) }
            let header: [UInt8] = [0x46] + Array(repeating: 0, count: 23)
            (header + bytes).withUnsafeBytes { #expect(EchoPacket(reply: $0, family, hasHeader: true) == packet) }
            for length in 0..<bytes.count {
                bytes.withUnsafeBytes { bytes in
                    let short = UnsafeRawBufferPointer(rebasing: bytes[..<length])
                    #expect(EchoPacket(reply: short, family, hasHeader: false) == nil)
                    #expect(EchoPacket(reply: short, family, hasHeader: true) == nil)
                }
            }
        }
    }

    /// Replies that nobody waits for, many times what the socket's buffer holds, and one that is waited for behind them.
    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"), arguments: ["127.0.0.1", "::1"])
    func aFloodOfRepliesHidesNone(address: String) throws {
        let bench = try Bench()
        let target = Endpoint(address: try #require(IPAddress(address)), port: 0)
        // Opens the socket.
        bench.start(.ping(attempts: 1), target, token: 1)
        try bench.run()
        let forger = try #require(Self.open(target.address.family, SOCK_RAW))
        defer { close(forger) }
        for number in 0..<30_000 {
            let packet = EchoPacket(secret: UInt64(number), slot: 0, generation: 0, sequence: 0)
            Self.send(Self.reply(packet, target.address.family), to: target.address, forger)
        }
        bench.start(.ping(attempts: 1), target, timeout: .seconds(2), token: 2)
        try bench.run(results: 2)
        #expect(bench.results[2]?.told == CheckResult(.up, .echo(.passed)))
    }

    /// One way of receiving replies.
    static let sockets: [(AddressFamily, isRaw: Bool)] = [
        (.ipv4, true), (.ipv4, false), (.ipv6, true), (.ipv6, false),
    ]

    /// The loopback answers at once, so that what is received is there, or never.
    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"), arguments: sockets.indices)
    func onlyRepliesWithTheSecretPass(index: Int) throws {
        let (family, isRaw) = Self.sockets[index]
        let secret: UInt64 = 0x8899_aabb_ccdd_eeff
        // Who may open sockets for datagrams is a setting of the system's.
        guard let descriptor = Self.open(family, isRaw ? SOCK_RAW : SOCK_DGRAM) else { return }
        defer { close(descriptor) }
        let hasHeader = isRaw && family == .ipv4
        try EchoFilter(secret: secret, family, hasHeader: hasHeader, hasIdentifier: isRaw).attach(to: descriptor)
        // Replies to other tests may have come before there was a filter.
        var room = [UInt8](repeating: 0, count: 256)
        while recv(descriptor, &room, room.count, 0) > 0 {}
        let address =
            family == .ipv4 ? IPAddress.v4(IPv4Address(value: 0x7f00_0001)) : .v6(IPv6Address(high: 0, low: 1))
        let others: [UInt64] = [secret ^ 1, secret ^ (1 << 63), secret ^ (1 << 32), 0]
        for (sent, passes) in [(secret, true)] + others.map({ ($0, false) }) + [(secret, true)] {
            let packet = EchoPacket(secret: sent, slot: 1, generation: 2, sequence: 3)
            Self.send(packet.request(family), to: address, descriptor)
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            try #require((count > 0) == passes)
            guard count > 0 else { continue }
            let found = bytes[..<count].withUnsafeBytes { EchoPacket(reply: $0, family, hasHeader: hasHeader) }
            #expect(found == packet)
        }
    }

    private static func open(_ family: AddressFamily, _ kind: __socket_type) -> Int32? {
        let number = Int32(family == .ipv4 ? Int(IPPROTO_ICMP) : Int(IPPROTO_ICMPV6))
        let descriptor = socket(family.number, Int32(kind.rawValue) | Int32(SOCK_NONBLOCK.rawValue), number)
        return descriptor < 0 ? nil : descriptor
    }

    private static func reply(_ packet: EchoPacket, _ family: AddressFamily) -> [UInt8] {
        var bytes = packet.request(family)
        bytes[0] = family == .ipv4 ? 0 : 129
        // The checksum is of a request, whose type is 8 more.
        if family == .ipv4 {
            let sum = UInt32(bytes[2]) << 8 + UInt32(bytes[3]) + 0x0800
            let folded = sum & 0xffff + sum >> 16
            (bytes[2], bytes[3]) = (UInt8(folded >> 8), UInt8(truncatingIfNeeded: folded))
        }
        return bytes
    }

    private static func send(_ bytes: [UInt8], to address: IPAddress, _ descriptor: Int32) {
        let target = SocketAddress(Endpoint(address: address, port: 0))
        _ = target.read { sendto(descriptor, bytes, bytes.count, 0, $0, $1) }
    }

    /// Has the loopback of a network answer no echo request.
    private static let silence = "ip link set lo up && echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all"

    /// Whether this process may have a network of its own, and silence it.
    private static let mayBeApart = system("unshare --net sh -c '\(silence)' 2>/dev/null") == 0

    /// Whether this process may open a socket for echo requests.
    private static let mayPing: Bool = {
        let descriptor = socket(AF_INET, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_ICMP))
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }()
}
