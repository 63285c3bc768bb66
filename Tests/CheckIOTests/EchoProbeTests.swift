import Addresses
import CLinux
import Configuration
import Glibc
import HealthChecks
import Testing

@testable import CheckIO

struct EchoProbeTests {
    @Test(.enabled(if: Self.mayPing, "needs CAP_NET_RAW"), arguments: ["127.0.0.1", "127.3.2.1", "::1"])
    func hostThatAnswersIsUp(address: String) throws {
        let bench = try Bench()
        let target = Endpoint(address: try #require(IPAddress(address)), port: 0)
        #expect(try bench.check(.ping(attempts: 2), target).told == CheckResult(.up, .echo(.passed)))
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
            let late = try bench.check(.ping(attempts: 3), target, timeout: .seconds(3))
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
