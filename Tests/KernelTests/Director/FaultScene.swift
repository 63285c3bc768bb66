import Addresses
import IPVS
import TestKit
import Testing

/// A director with one healthy, one dead and one changing server, to which something bad happens.
///
/// Only the changing server may change in the table: at each look a healthy one that is out or a dead one that is in is
/// an issue.
final class FaultScene {
    static let service = ServiceKey.endpoint(.tcp, Endpoint(address: .v4(IPv4Address(value: 0x0a09_0064)), port: 80))
    private static let healthy = endpoint(11)
    private static let changing = endpoint(12)
    private static let dead = endpoint(13)

    let stage: DaemonStage
    private let server: WebServer
    private var other: WebServer?

    /// Starts a director after a command of the shell, and waits for the first verdicts.
    ///
    /// `FOLDER` is the stage's folder, in which it logs to `log` unless told otherwise.
    init(
        log: String = "FOLDER/log",
        globals: String = "",
        block: [String] = [],
        services: String = "",
        after command: String = ":"
    ) throws {
        server = try WebServer(at: Self.healthy)
        other = try WebServer(at: Self.changing)
        stage = try DaemonStage()
        try stage.write(
            """
            checkinterval=0.2
            checktimeout=1
            negotiatetimeout=1
            quiescent=yes
            logfile="\(log)"
            \(globals)
            virtual=10.9.0.100:80
                real=127.0.0.11:8080 masq
                real=127.0.0.12:8080 masq
                real=127.0.0.13:8080 masq
                service=http
                request="index.html"
                receive="ready"
            \(block.map { "    \($0)\n" }.joined())
            \(services)
            """
        )
        try stage.start(after: command)
        try stage.wait("first round", for: table(changing: 1), of: Self.service)
    }

    /// Where the server with that last number of its address is.
    static func endpoint(_ number: UInt32) -> Endpoint {
        Endpoint(address: .v4(IPv4Address(value: 0x7f00_0000 + number)), port: 8080)
    }

    /// Closes the changing server, if it is open.
    func closeServer() {
        other = nil
    }

    /// Opens it again.
    func openServer() throws {
        other = try WebServer(at: Self.changing)
    }

    /// Waits until the changing server has that weight.
    func wait(for weight: Int32, _ what: String) throws {
        try stage.wait("\(what): weight \(weight)") { try look() == weight }
    }

    /// Lets the changing server die and return.
    func flap(_ what: String) throws {
        closeServer()
        try wait(for: 0, what)
        try openServer()
        try wait(for: 1, what)
    }

    /// Looks for some time, in which the changing server must have that weight.
    func watch(for time: Duration, weight: Int32, _ what: String) throws {
        let end = ContinuousClock.now + time
        _ = try Deadline.wait(seconds: 600) {
            let found = try look()
            #expect(found == weight, "\(what)")
            return ContinuousClock.now >= end
        }
    }

    /// Stops the director, which ends in good order and leaves nothing.
    func stop() throws {
        #expect(try stage.stop()?.status == 0)
        #expect(try stage.weights(of: Self.service) == nil)
    }

    /// The weight of the changing server.
    private func look() throws -> Int32? {
        let weights = try #require(try stage.weights(of: Self.service))
        #expect(weights[Self.healthy] == 1 && weights[Self.dead] == 0, "\(weights)")
        return weights[Self.changing]
    }

    private func table(changing weight: Int32) -> [Endpoint: Int32] {
        [Self.healthy: 1, Self.changing: weight, Self.dead: 0]
    }
}
