import Addresses
import Console
import IPVS
import IPVSAdm

/// Shows commands and what they answer, and looks whether that is what was expected.
struct DemoStage {
    let host: SimulatedHost
    let audience: any ByteSink

    func say(_ text: String) throws(DemoFailure) {
        do {
            try audience.write(Array(text.utf8))
        } catch {
            throw .unwritable(error)
        }
    }

    func heading(_ title: String) throws(DemoFailure) {
        try say("\n\(title)\n\n")
    }

    /// Shows a command as an operator would type it, and what it answers.
    func show(
        _ command: String,
        typed: String? = nil,
        input: String = "",
        expecting expected: Int32 = 0
    ) throws(DemoFailure) {
        try say("$ \(typed ?? command)\n")
        try say(answer(to: command, input: input, expecting: expected))
    }

    /// Runs a command without showing it.
    ///
    /// - Returns: what it wrote to standard output.
    func answer(to command: String, input: String = "", expecting expected: Int32 = 0) throws(DemoFailure) -> String {
        let (status, output) = host.run(command, input: input)
        guard status == expected else { throw .status(status, expected: expected, of: command) }
        return output
    }

    /// What stands for requests where there is no traffic: which servers the table gives to new connections.
    func expectServers(_ expected: [String]) throws(DemoFailure) {
        let servers = host.kernel.snapshot().services
            .flatMap { $0.destinations.map(\.destination) }
            .filter { $0.weight > 0 }
            .map { "\($0.endpoint.address)" }
            .sorted()
        guard servers == expected else { throw .servers(servers, expected: expected) }
        let names = servers.isEmpty ? "nobody" : servers.joined(separator: " and ")
        try say("No request is sent; the table gives new connections to \(names).\n")
    }
}
