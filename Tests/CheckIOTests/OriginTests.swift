import Addresses
import CLinux
import Configuration
import Dialogues
import Glibc
import TestKit
import Testing

@testable import CheckIO
@testable import System

/// The address, port, interface and mark that checks go out with, as servers on the loopback see them.
@Suite(.waits)
struct OriginTests {
    private static let http = HTTPRequest(target: "/", host: "www.example.com")
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    /// The far end of a connection that was accepted.
    private static func peer(of connection: ServerConnection) -> Endpoint? {
        var address = SocketAddress()
        guard address.write({ getpeername(connection.descriptor, $0, $1) }) == 0 else { return nil }
        return address.endpoint
    }

    /// A port of an address that nobody has, taken from those that the kernel gives.
    private static func freePort(of address: IPAddress, isDatagram: Bool = false) throws -> UInt16 {
        try Socket(boundTo: "\(address)", isDatagram: isDatagram).endpoint().port
    }

    // MARK: Streams

    /// A server that answers everybody with an empty page, and whom it has seen.
    private func server(
        _ address: String,
        inTLS certificates: TestCertificates? = nil,
        _ note: @escaping (Endpoint?) -> Void
    ) throws -> LoopServer {
        let answer = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
        return try LoopServer(bench.loop, address: address) { connection in
            note(Self.peer(of: connection))
            if let certificates {
                _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { end in
                    end.onReceive = { if !$0.isEmpty { end.send(answer) } }
                }
            } else {
                connection.onReceive = { if !$0.isEmpty { connection.send(answer) } }
            }
        }
    }

    @Test(arguments: [HealthCheck.Method.connect, .negotiate(Negotiation(.http(Self.http)))])
    func serverSeesTheAddress(method: HealthCheck.Method) throws {
        var seen: Endpoint?
        let server = try server("127.0.0.1") { seen = $0 }
        let source = try #require(IPAddress("127.0.0.2"))
        #expect(try bench.check(method, server.endpoint, from: ProbeOrigin(address: source)).verdict == .up)
        try bench.run { seen != nil }
        #expect(seen?.address == source)
    }

    @Test func serverSeesTheAddressInTLS() throws {
        let certificates = try TestCertificates.shared
        var seen: Endpoint?
        let server = try server("127.0.0.1", inTLS: certificates) { seen = $0 }
        let method = HealthCheck.Method.negotiate(Negotiation(.http(Self.http), security: TLSSettings()))
        let source = try #require(IPAddress("127.0.0.3"))
        #expect(try bench.check(method, server.endpoint, from: ProbeOrigin(address: source)).verdict == .up)
        #expect(seen?.address == source)
    }

    /// Again and again from the same port, which no former connection keeps in use.
    @Test(arguments: [("127.0.0.1", "127.0.0.2" as String?), ("127.0.0.1", nil), ("::1", "::1"), ("::1", nil)])
    func serverSeesThePort(address: String, source: String?) throws {
        var seen: [Endpoint?] = []
        let server = try server(address) { seen.append($0) }
        let source = source.flatMap { IPAddress($0) }
        let target = server.endpoint.address
        let port = try Self.freePort(of: source ?? target)
        let methods: [HealthCheck.Method] = [.connect, .negotiate(Negotiation(.http(Self.http))), .connect]
        for (index, method) in methods.enumerated() {
            bench.start(method, server.endpoint, from: ProbeOrigin(address: source, port: port), token: index)
            try bench.run { bench.results.count > index && seen.count > index }
            #expect(bench.results[index]?.told.verdict == .up, "\(bench.results[index]?.text ?? "")")
        }
        #expect(seen == Array(repeating: Endpoint(address: source ?? target, port: port), count: 3))
    }

    /// One port leads to two servers at the same time.
    @Test func severalServersAreAskedFromOnePort() throws {
        var seen: [Endpoint?] = []
        let servers = try ["127.0.0.1", "127.0.0.5"].map { address in try server(address) { seen.append($0) } }
        let source = try #require(IPAddress("127.0.0.2"))
        let port = try Self.freePort(of: source)
        for (token, server) in servers.enumerated() {
            bench.start(.connect, server.endpoint, from: ProbeOrigin(address: source, port: port), token: token)
        }
        try bench.run { bench.results.count == 2 && seen.count == 2 }
        #expect(bench.results.values.allSatisfy { $0.verdict == .up })
        #expect(seen == Array(repeating: Endpoint(address: source, port: port), count: 2))
    }

    // MARK: Datagrams and echoes

    @Test(arguments: [("127.0.0.1", "127.0.0.2"), ("::1", "::1")])
    func serverSeesWhereDatagramsComeFrom(address: String, source: String) throws {
        let server = try Socket(boundTo: address, isDatagram: true)
        let target = try server.endpoint()
        let source = try #require(IPAddress(source))
        let port = try Self.freePort(of: source, isDatagram: true)
        let method = HealthCheck.Method.negotiate(Negotiation(.dns(name: "example.com", .udp, nil)))
        var seen: [Endpoint?] = []
        for (token, origin) in [ProbeOrigin(address: source), ProbeOrigin(address: source, port: port)].enumerated() {
            bench.start(method, target, from: origin, token: token)
            seen.append(try server.receiveWithSender().sender)
            bench.runner?.cancel(token: token)
        }
        #expect(seen.map(\.?.address) == [source, source])
        #expect(seen.last??.port == port)
    }

    @Test(
        .enabled(if: Self.maySeeEchoes, "needs CAP_NET_RAW"),
        arguments: [("127.0.0.1", "127.0.0.2"), ("::1", "::1")]
    )
    func hostSeesWhereEchoesComeFrom(address: String, source: String) throws {
        let target = Endpoint(address: try #require(IPAddress(address)), port: 0)
        let source = try #require(IPAddress(source))
        let listener = try #require(Self.echoListener(target.address.family))
        defer { close(listener) }
        let origin = ProbeOrigin(address: source, interface: "lo")
        for (token, method) in [HealthCheck.Method.ping(attempts: 1), .echo(bytes: 120)].enumerated() {
            bench.start(method, target, from: origin, token: token)
        }
        try bench.run(results: 2)
        #expect(bench.results.values.allSatisfy { $0.told == CheckResult(.up, .echo(.passed)) })
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 8)
        defer { buffer.deallocate() }
        var seen: [IPAddress] = []
        while let (count, sender) = NetworkSocket.receive(into: buffer, by: listener) {
            let header = target.address.family == .ipv4 ? 20 : 0
            guard count > header, [8, 128].contains(buffer[header]), let sender else { continue }
            seen.append(sender.address)
        }
        #expect(seen.count { $0 == source } == 2)
    }

    /// The sockets are given up when nobody asks from there any more; in a process of its own, where nobody else has any.
    @Test(.enabled(if: Self.maySeeEchoes, "needs CAP_NET_RAW"))
    func echoesFromManyOriginsLeaveNoSockets() async {
        await #expect(processExitsWith: .success) {
            let bench = try Bench()
            let target = Endpoint(address: .v4(IPv4Address(value: 0x7f00_0001)), port: 0)
            for number in 2...60 {
                let source = IPAddress.v4(IPv4Address(value: 0x7f00_0000 + UInt32(number)))
                bench.start(.ping(attempts: 1), target, from: ProbeOrigin(address: source), token: number)
            }
            precondition(OriginTests.openEchoSockets == 59)
            try bench.run(results: 59)
            precondition(bench.results.values.allSatisfy { $0.verdict == .up })
            precondition(OriginTests.openEchoSockets == 0)
        }
    }

    private static func echoListener(_ family: AddressFamily) -> Int32? {
        let number = Int32(family == .ipv4 ? Int(IPPROTO_ICMP) : Int(IPPROTO_ICMPV6))
        let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family.number, kind, number)
        return descriptor < 0 ? nil : descriptor
    }

    private static let maySeeEchoes: Bool = {
        guard let descriptor = echoListener(.ipv4) else { return false }
        close(descriptor)
        return true
    }()

    /// How many of the first descriptors are sockets for echoes; the library of the tests has others, which come and go.
    private static var openEchoSockets: Int {
        (Int32(0)..<1_000).count { descriptor in
            var number: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            return getsockopt(descriptor, SOL_SOCKET, SO_PROTOCOL, &number, &length) == 0
                && number == Int32(IPPROTO_ICMP)
        }
    }

    // MARK: Interface and mark

    @Test(arguments: [HealthCheck.Method.connect, .negotiate(Negotiation(.http(Self.http)))])
    func interfaceIsTheOnlyWay(method: HealthCheck.Method) throws {
        let server = try server("127.0.0.1") { _ in }
        #expect(try bench.check(method, server.endpoint, from: ProbeOrigin(interface: "lo")).verdict == .up)
    }

    /// In a network of its own, whose routes refuse packets with the mark.
    @Test(.enabled(if: Self.mayMark, "needs CAP_SYS_ADMIN and CAP_NET_ADMIN"))
    func packetsBearTheMark() async {
        await #expect(processExitsWith: .success) {
            precondition(unshare(CLONE_NEWNET) == 0)
            precondition(system(OriginTests.refusal) == 0)
            let bench = try Bench()
            let server = try LoopServer(bench.loop) { _ in }
            bench.start(.connect, server.endpoint, from: ProbeOrigin(mark: 6), token: 1)
            bench.start(.connect, server.endpoint, from: ProbeOrigin(mark: 7), token: 2)
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "x"), token: 3)
            bench.runner?.origin = SocketOrigin(mark: 7)
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "x"), token: 4)
            bench.start(.ping(attempts: 1), server.endpoint, from: ProbeOrigin(mark: 7), token: 5)
            try bench.run { bench.results.count == 4 }
            precondition(bench.results[1]?.verdict == .up)
            precondition(bench.results[2]?.layer == .transport(.unreachable))
            precondition(bench.results[4]?.layer == .transport(.unreachable))
            precondition(bench.results[5]?.layer == .echo(.unreachable))
        }
    }

    private static let refusal = """
        ip link set lo up && ip rule add pref 5 lookup local && ip rule del pref 0 \
        && ip rule add pref 1 fwmark 7 unreachable
        """

    /// Whether this process may have a network of its own, with such routes.
    private static let mayMark = system("unshare --net sh -c '\(refusal)' 2>/dev/null") == 0

    // MARK: What cannot be had here

    /// One origin that this machine does not have, and why.
    static let absent: [(ProbeOrigin, Int32)] = [
        (ProbeOrigin(address: .v4(IPv4Address(value: 0xc000_0201))), EADDRNOTAVAIL),
        (ProbeOrigin(interface: "nosuchdevice0"), ENODEV),
        (ProbeOrigin(interface: "a name that is much too long"), EINVAL),
    ]

    @Test(
        arguments: absent.indices,
        [HealthCheck.Method.connect, .negotiate(Negotiation(.http(Self.http))), .ping(attempts: 1)]
    )
    func whatIsNotHereSaysNothingOfTheServer(index: Int, method: HealthCheck.Method) throws {
        if case .ping = method, !Self.maySeeEchoes { return }
        let (origin, number) = Self.absent[index]
        let server = try server("127.0.0.1") { _ in }
        let result = try bench.check(method, server.endpoint, from: origin)
        let isLongName = number == EINVAL
        #expect(result.isUnasked)
        #expect(!result.isShortage)
        // A longer name than interfaces have is cut by the kernel.
        let expected = isLongName ? [ENODEV, EINVAL] : [number]
        #expect(expected.map { CheckLayer.director(.systemError($0)) }.contains(result.layer))
        #expect(result.text.contains("\(SocketOrigin(origin))"))
    }

    @Test func familyOfTheServerIsAskedFor() throws {
        let server = try server("127.0.0.1") { _ in }
        let result = try bench.check(
            .connect,
            server.endpoint,
            from: ProbeOrigin(address: .v6(IPv6Address(high: 0, low: 1)))
        )
        #expect(result.isUnasked)
    }

    @Test(arguments: [false, true])
    func portInUseSaysNothingOfTheServer(isDatagram: Bool) throws {
        let owner = try Socket(boundTo: "127.0.0.2", isDatagram: isDatagram)
        if !isDatagram { try owner.listen() }
        let taken = try owner.endpoint()
        let origin = ProbeOrigin(address: taken.address, port: taken.port)
        let method: HealthCheck.Method =
            isDatagram ? .negotiate(Negotiation(.dns(name: "example.com", .udp, nil))) : .connect
        let target = Endpoint(address: try #require(IPAddress("127.0.0.1")), port: 9)
        let result = try bench.check(method, target, from: origin)
        #expect(result.isUnasked)
        #expect(result.layer == .director(.systemError(EADDRINUSE)))
        #expect(result.text == "bind: Address already in use (from \(taken))")
    }

    @Test func originIsAPartOfACheck() {
        let target = Endpoint(address: .v4(IPv4Address(value: 1)), port: 80)
        let plain = HealthCheck(method: .connect, target: target, timeout: .seconds(1))
        var other = plain
        other.origin = ProbeOrigin(mark: 5)
        #expect(Set([plain, other]).count == 2)
    }
}
