import Glibc
import System
import TestKit
import Testing
import Time

@testable import VRRPControl

@Suite(.waits)
struct ControlSocketTests {
    /// The owner and his group connect, and nobody else: a director of root may have no right to files of others.
    @Test func whoMayConnectIsBounded() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/socket"
        let before = umask(0o022)
        defer { umask(before) }
        let socket = try ControlSocket.listen(at: path)
        var status = stat()
        try #require(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o660)
        let mask = umask(0o022)
        #expect(mask == 0o022)
        _ = socket.number
    }

    /// A process that was killed is followed by another within a moment, which must be found before other routers take over.
    @Test func aProcessThatComesBackIsFoundSoon() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/socket"
        let loop = try EventLoop()
        var visits = 0
        let line = RoutersLine(to: path, as: .director, process: getpid(), on: loop) { _ in }
        // Nobody is there for a while.
        try loop.turn(for: .milliseconds(300))
        let socket = try ControlSocket.listen(at: path)
        let number = socket.number
        let watch = try loop.watch(number, for: .readable) { _ in
            guard let end = try? ControlSocket.accept(number) else { return }
            visits += 1
            _ = end.number
        }
        line.look()
        let moment = loop.clock()
        try loop.turn { visits > 0 }
        #expect(loop.clock() - moment < .milliseconds(900))
        // Each end is followed by looks that come soon.
        try loop.turn { visits > 2 }
        loop.end(watch)
        _ = socket.number
        line.close()
    }
}
