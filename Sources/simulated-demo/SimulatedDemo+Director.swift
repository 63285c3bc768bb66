import Configuration
import Director
import HealthChecks
import IPVS
import Ldirectord
import Rules
import Time

extension SimulatedDemo {
    private static let configurationFile = "/tmp/ldirectord.cf"
    private static let configuration = """
        checkinterval = 1
        checktimeout = 1
        quiescent = yes
        virtual = 10.1.0.100:80
            real = 10.2.0.11:80 masq
            real = 10.2.0.12:80 masq
            real = 10.2.0.13:80 masq
            service = http
            request = "index.html"
            receive = "^rs"
            scheduler = rr

        """

    /// The steps with a director; what its checks find is made up.
    func direct() throws(DemoFailure) {
        try stage.heading("10. A director for three servers, by the file that ldirectord takes")
        try stage.say(Self.configuration)
        let reading = try check(Self.configuration, expectingErrors: false)
        guard let configuration = reading.configuration else { throw .configuration }

        try stage.heading("11. What it would change first in the table that is there; nothing is sent yet")
        try stage.say("$ directrix plan \(Self.configurationFile)\n")
        var preview = Director(configuration)
        for case .apply(let changes) in preview.started(
            with: stage.host.kernel.snapshot().table,
            at: .init(nanoseconds: 0)
        ) {
            for change in changes.changes { try stage.say(RuleWriter().text(of: change) + "\n") }
        }

        try stage.heading("12. It runs, finds all three healthy, and they answer in turn")
        var director = SimulatedDirector(configuration, on: stage.host.kernel)
        try log(director.start() + director.round(failing: []))
        try stage.expectServers(["10.2.0.11", "10.2.0.12", "10.2.0.13"])

        try stage.heading("13. A server stops: it gets no more connections, and not one further request is lost")
        try log(director.round(failing: ["10.2.0.12"]))
        try stage.show("ipvsadm -L -n")
        try stage.expectServers(["10.2.0.11", "10.2.0.13"])

        try stage.heading("14. It starts again, and is back")
        try log(director.round(failing: []))
        try stage.expectServers(["10.2.0.11", "10.2.0.12", "10.2.0.13"])

        try stage.heading("15. An edit that is no configuration is refused, and changes nothing")
        let lines = Self.configuration.split(separator: "\n", omittingEmptySubsequences: false)
        let edited = lines.map { $0 == "    scheduler = rr" ? "    schedular = rr" : $0 }.joined(separator: "\n")
        _ = try check(edited, expectingErrors: true)
        try log(director.round(failing: []))
        try stage.expectServers(["10.2.0.11", "10.2.0.12", "10.2.0.13"])

        try stage.heading("16. It stops and takes its service with it")
        try log(director.stop())
        try stage.show("ipvsadm -L -n")
        try stage.expectServers([])
    }

    /// Reads a configuration without names and shows what is wrong with it.
    private func check(_ text: String, expectingErrors: Bool) throws(DemoFailure) -> LoadedConfiguration {
        try stage.say("$ directrix check \(Self.configurationFile)\n")
        let file = LdirectordFile(
            reading: Array(text.utf8),
            name: Self.configurationFile,
            context: ReadingContext(hostName: "director")
        )
        let loaded = file.loaded(with: ConfigurationAnswers())
        for diagnostic in loaded.diagnostics { try stage.say("\(diagnostic)\n") }
        guard (loaded.configuration == nil) == expectingErrors else { throw .configuration }
        return loaded
    }

    private func log(_ lines: [String]) throws(DemoFailure) {
        for line in lines { try stage.say("    \(line)\n") }
    }
}
