import Addresses
import CheckIO
import Configuration
import Glibc
import HealthChecks
import LabSupport
import Testing

/// Checks as files configure them, of the servers that the distribution has.
struct InteropTests {
    private static let patience = 20
    /// The deadline of checks: servers that answer at all answer sooner, on a busy machine too.
    private static let usual = "negotiatetimeout=4\nchecktimeout=4\n"
    private static let short = "negotiatetimeout=700ms\nchecktimeout=700ms\n"

    @Test(arguments: RealServer.all)
    func checksTellTheTruthAboutARealServer(server: RealServer) throws {
        if !server.missing.isEmpty {
            try Test.cancel(
                "\(server.missing.joined(separator: ", ")) missing; contrib/requirements interop installs it"
            )
        }
        let running = try RunningServer(server)
        let healthy = server.trials[0]
        // Ready is who passes a check.
        var last: CheckResult?
        let isReady = try Deadline.wait(seconds: Self.patience) {
            last = try check(healthy, of: running, Self.usual)
            return last?.verdict == .up
        }
        try #require(isReady, "\(server.name): \(String(describing: last))\n\(running.output)")

        for trial in server.trials {
            let result = try check(trial, of: running, Self.usual)
            expect(result, trial.isUp ? .up : .down, trial.layer, trial.word, "\(server.name), \(trial.name)")
        }
        running.halt()
        let halted = try check(healthy, of: running, Self.short)
        #expect(halted.verdict == .down, "\(server.name), halted: \(halted)")
        #expect("\(halted.layer)".hasSuffix(" timeout"), "\(server.name), halted: \(halted)")
        #expect(halted.duration >= .milliseconds(690) && halted.duration < .seconds(3), "\(server.name): \(halted)")
        running.resume()
        let isBack = try Deadline.wait(seconds: Self.patience) {
            try check(healthy, of: running, Self.usual).verdict == .up
        }
        #expect(isBack, "\(server.name) goes on")
        running.stop()
        let stopped = try check(healthy, of: running, Self.short)
        if server.isRefusedWhenStopped {
            expect(stopped, .down, "L4 refused", "", "\(server.name), stopped")
        } else {
            #expect(stopped.verdict == .down, "\(server.name), stopped: \(stopped)")
        }
    }

    private func expect(
        _ result: CheckResult,
        _ verdict: CheckResult.Verdict,
        _ layer: String,
        _ word: String,
        _ occasion: String
    ) {
        #expect(result.verdict == verdict, "\(occasion): \(result)")
        #expect("\(result.layer)" == layer, "\(occasion): \(result)")
        #expect(word.isEmpty || result.text.contains(word), "\(occasion): \(result.text)")
    }

    /// Makes the check that a file configures.
    private func check(_ trial: Trial, of running: RunningServer, _ globals: String) throws -> CheckResult {
        let protocolLine = trial.isDatagram ? ["protocol=udp"] : []
        let lines = ["real=127.0.0.1:\(running.ports[trial.port]) masq"] + protocolLine + trial.directives
        var text = "\(globals)virtual=10.0.0.1:4000\n" + lines.map { "    \($0)\n" }.joined()
        text = text.replacing("FOLDER", with: running.folder.path)
        for (index, port) in running.ports.enumerated() { text = text.replacing("PORT\(index)", with: "\(port)") }
        let file = LdirectordFile(
            reading: Array(text.utf8),
            name: "interop.cf",
            surroundings: LdirectordSurroundings(hostName: "localhost")
        )
        let reading = file.configuration(answers: [:])
        let check = try #require(
            reading.configuration?.virtualServers.first?.realServers.first?.check,
            "\(text)\(reading.diagnostics)"
        )
        let loop = try EventLoop()
        var result: CheckResult?
        let runner = CheckRunner(loop: loop) { result = $1 }
        runner.start(check, token: 1)
        while result == nil { try loop.runTurn(atMost: .seconds(1)) }
        return try #require(result)
    }
}
