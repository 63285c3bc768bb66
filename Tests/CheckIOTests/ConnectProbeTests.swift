import Addresses
import Configuration
import Dialogues
import Glibc
import TestKit
import Testing

@testable import CheckIO
@testable import System

@Suite(.waits)
struct ConnectProbeTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func openPortIsUp(address: String) throws {
        let server = try LoopServer(bench.loop, address: address) { _ in }
        #expect(try bench.check(.connect, server.endpoint).told == CheckResult(.up, .transport(.passed)))
        #expect(bench.runner?.count == 0)
    }

    @Test func connectionIsClosedInGoodOrder() throws {
        var end: [UInt8]?
        let server = try LoopServer(bench.loop) { connection in connection.onReceive = { end = $0 } }
        bench.start(.connect, server.endpoint)
        try bench.run { end != nil }
        #expect(end == [])
        #expect(bench.results[1]?.verdict == .up)
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func closedPortIsRefused(address: String) throws {
        // A port that is somebody's, so that nobody else listens on it.
        let owner = try Socket(boundTo: address)
        let result = try bench.check(.connect, try owner.endpoint())
        #expect(result.told == CheckResult(.down, .transport(.refused), text: "Connection refused"))
    }

    @Test func silenceIsATimeout() throws {
        let server = try Socket()
        let endpoint = try server.endpoint()
        try #require(listen(server.descriptor, 0) == 0)
        // The queue takes one; whoever comes then is not answered.
        var waiting: [Int32] = []
        defer { for descriptor in waiting { close(descriptor) } }
        for _ in 0..<3 { waiting.append(try NetworkSocket.connect(to: endpoint, for: .stream).descriptor) }
        bench.start(.connect, endpoint, timeout: .milliseconds(100))
        try bench.pass(.milliseconds(99))
        #expect(bench.results.isEmpty)
        try bench.pass(.milliseconds(1))
        let text = "no connection within 100 ms"
        #expect(bench.results[1]?.told == CheckResult(.down, .transport(.timeout), text: text))
        #expect(bench.results[1]?.duration == .milliseconds(100))
    }

    /// The reset is there before the probe looks at the connection.
    @Test(arguments: [false, true])
    func serverThatResetsAtOnceIsUp(endsFirst: Bool) throws {
        let server = try Socket(patience: 20)
        let endpoint = try server.endpoint()
        try server.listen()
        for token in 1...20 {
            bench.start(.connect, endpoint, token: token)
            do {
                let accepted = try server.accept()
                if endsFirst { shutdown(accepted.descriptor, Int32(SHUT_WR)) }
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(accepted.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            }
            try bench.run(results: token)
            #expect(bench.results[token]?.told == CheckResult(.up, .transport(.passed)))
        }
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func connectionToItselfIsFoundOut(address: String) throws {
        let socket = try Socket(boundTo: address)
        let endpoint = try socket.endpoint()
        try socket.connect(to: endpoint)
        #expect(NetworkSocket.isItsOwnPeer(socket.descriptor, endpoint))
        let server = try LoopServer(bench.loop, address: address) { _ in }
        let other = try NetworkSocket.connect(to: server.endpoint, for: .stream).descriptor
        defer { close(other) }
        #expect(!NetworkSocket.isItsOwnPeer(other, server.endpoint))
    }

    @Test func cancelledCheckHasNoResult() throws {
        let server = try LoopServer(bench.loop) { _ in }
        bench.start(.connect, server.endpoint, token: 1)
        bench.start(.connect, server.endpoint, token: 2)
        bench.start(.connect, server.endpoint, token: 3)
        bench.runner?.cancel(token: 2)
        bench.runner?.cancel(token: 2)
        bench.start(.connect, server.endpoint, token: 4)
        try bench.run(results: 3)
        #expect(bench.results.keys.sorted() == [1, 3, 4])
    }

    @Test func cancelledCheckThatFailedAtOnceHasNoResult() throws {
        // No connection leads to everybody.
        bench.start(.connect, Endpoint(address: .v4(IPv4Address(value: .max)), port: 1), token: 1)
        bench.runner?.cancel(token: 1)
        try bench.loop.runTurn(atMost: .zero)
        #expect(bench.results.isEmpty)
    }

    @Test(arguments: [
        (EMFILE, CheckLayer.director(.limit)), (ENOBUFS, .director(.limit)), (EHOSTUNREACH, .transport(.unreachable)),
        (ENETUNREACH, .transport(.unreachable)), (ECONNREFUSED, .transport(.refused)),
        (ETIMEDOUT, .transport(.timeout)), (ECONNRESET, .transport(.reset)), (EPERM, .director(.systemError(EPERM))),
        (EACCES, .transport(.unreachable)),
        (EADDRNOTAVAIL, .director(.systemError(EADDRNOTAVAIL))), (EIO, .transport(.systemError(EIO))),
    ])
    func errorsSayWhoseTheyAre(number: Int32, layer: CheckLayer) {
        #expect(SystemFailure(call: "connect", number: number).layer == layer)
    }

    @Test func socketThatMayNotBeOpenedSaysNothingOfTheServer() {
        #expect(SystemFailure(call: "socket", number: EACCES).layer == .director(.systemError(EACCES)))
    }

    /// In a process of its own: the limit is one of the whole process.
    @Test func lackOfDescriptorsIsTheDirectorsOwn() async {
        await #expect(processExitsWith: .success) {
            let bench = try Bench()
            let server = try LoopServer(bench.loop) { $0.close() }
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let wanted = limit.rlim_cur
            limit.rlim_cur = 3
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            bench.start(.connect, server.endpoint, token: 1)
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "x"), token: 2)
            bench.start(.external(ExternalCheck(program: "/bin/true", arguments: [])), server.endpoint, token: 3)
            try bench.run(results: 3)
            let text = "Too many open files"
            precondition(bench.results[1]?.told == CheckResult(.down, .director(.limit), text: text))
            precondition(bench.results[2]?.told == CheckResult(.down, .director(.limit), text: text))
            precondition(bench.results[3]?.layer == .director(.limit))
            precondition(DescriptorLimit.raise(to: Int(wanted)) == Int(wanted))
            bench.start(.connect, server.endpoint, token: 4)
            try bench.run(results: 4)
            precondition(bench.results[4]?.verdict == .up)
        }
    }
}
