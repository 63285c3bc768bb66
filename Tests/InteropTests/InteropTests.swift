import Addresses
import CheckIO
import Configuration
import Dialogues
import Glibc
import Ldirectord
import System
import TestKit
import Testing

/// Checks as files configure them, of the servers that the distribution has.
@Suite(.waits)
struct InteropTests {
    private static let patience = 20
    /// The deadline of checks: servers that answer at all answer sooner, on a busy machine too.
    private static let usual = "negotiatetimeout=4\nchecktimeout=4\n"
    private static let short = "negotiatetimeout=700ms\nchecktimeout=700ms\n"

    @Test(arguments: RealServer.all)
    func checksTellTheTruthAboutARealServer(server: RealServer) throws {
        if !server.missing.isEmpty {
            let reason = "\(server.missing.joined(separator: ", ")) missing; contrib/requirements interop installs it"
            // The runner does not say why one case among others was cancelled.
            print("\(server.name): skipped, \(reason)")
            try Test.cancel("\(reason)")
        }
        let running = try RunningServer(server)
        let healthy = server.trials.filter(\.isUp)
        // Ready is who passes a check.
        var last: CheckResult?
        let isReady = try Deadline.wait(seconds: Self.patience) {
            last = try results(of: [server.trials[0]], on: running, Self.usual).first
            return last?.verdict == .up
        }
        try #require(isReady, "\(server.name): \(String(describing: last))\n\(running.output)")

        // One after the other, since servers count those who come at the same time.
        for trial in server.trials {
            let result = try results(of: [trial], on: running, Self.usual)[0]
            expect(result, trial.layer, trial.word, "\(server.name), \(trial.name)")
        }
        running.halt()
        for (trial, result) in zip(healthy, try results(of: healthy, on: running, Self.short)) {
            let isLate = trial.layerWhenHalted.hasSuffix("timeout")
            let occasion = "\(server.name), \(trial.name), halted"
            expect(result, trial.layerWhenHalted, isLate ? "within 700 ms" : "", occasion)
            let soonest: Duration = isLate ? .milliseconds(690) : .zero
            #expect(result.duration >= soonest && result.duration < .seconds(3), "\(occasion): \(result)")
        }
        running.resume()
        let isBack = try Deadline.wait(seconds: Self.patience) {
            try results(of: healthy, on: running, Self.usual).allSatisfy { $0.verdict == .up }
        }
        #expect(isBack, "\(server.name) goes on")
        running.stop()
        for (trial, result) in zip(healthy, try results(of: healthy, on: running, Self.usual)) {
            expect(result, trial.layerWhenStopped, "", "\(server.name), \(trial.name), stopped")
        }
    }

    private func expect(_ result: CheckResult, _ layer: String, _ word: String, _ occasion: String) {
        #expect(result.verdict == (layer.hasSuffix(" ok") ? .up : .down), "\(occasion): \(result)")
        #expect("\(result.layer)" == layer, "\(occasion): \(result)")
        #expect(word.isEmpty || result.text.contains(word), "\(occasion): \(result.text)")
        #expect(result.verdict == .up || !result.text.isEmpty, "\(occasion): \(result)")
    }

    /// Makes the checks that a file configures, all at once.
    private func results(of trials: [Trial], on running: RunningServer, _ globals: String) throws -> [CheckResult] {
        var text = globals
        for (index, trial) in trials.enumerated() {
            // Programs are told the port of the virtual server, so the address makes the difference.
            let lines = ["real=127.0.0.1:PORT\(trial.port) masq"] + (trial.isDatagram ? ["protocol=udp"] : [])
            text += "virtual=10.0.0.\(index + 1):4000\n"
            text += (lines + trial.directives).map { "    \($0)\n" }.joined()
        }
        text = running.filled(text)
        let file = LdirectordFile(
            reading: Array(text.utf8),
            name: "interop.cf",
            context: ReadingContext(hostName: "localhost")
        )
        let loaded = file.loaded(with: ConfigurationAnswers())
        let virtuals = loaded.configuration?.virtualServers ?? []
        let checks = virtuals.compactMap { $0.realServers.first?.checks.first?.probe }
        try #require(checks.count == trials.count, "\(text)\(loaded.diagnostics)")
        let loop = try EventLoop()
        var results: [Int: CheckResult] = [:]
        let runner = ProbeRunner(loop: loop) { results[$0] = $1 }
        for (token, check) in checks.enumerated() { runner.start(check, token: token) }
        while results.count < checks.count { try loop.runTurn(atMost: .seconds(1)) }
        return results.sorted { $0.key < $1.key }.map(\.value)
    }
}
