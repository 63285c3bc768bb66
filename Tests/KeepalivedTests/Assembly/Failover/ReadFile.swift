import Configuration
import Diagnostics
import Failover
import Testing

/// What comes of a file with one instance.
struct ReadFile {
    let loaded: LoadedConfiguration

    /// Reads the lines of an instance VI_1 of eth0 and 51, with an address unless they have their own.
    ///
    /// - Parameters:
    ///   - lines: what stands in the instance.
    ///   - before: what stands before it.
    ///   - files: what files beside it have, by their paths.
    init(_ lines: String..., before: String = "", files: [String: String] = [:]) {
        let body = lines.joined(separator: "\n")
        let address = body.contains("virtual_ipaddress {") ? "" : "virtual_ipaddress {\n10.9.0.100/24\n}\n"
        let interface = body.contains("interface ") && !body.contains("track_interface") ? "" : "interface eth0\n"
        loaded = StandInMachine.load(
            "\(before)\nvrrp_instance VI_1 {\n\(interface)virtual_router_id 51\n\(body)\n\(address)}\n",
            files: files
        )
    }

    /// The instance, if the file can be used.
    func router(_ comment: Comment? = nil) throws -> VirtualRouter {
        try #require(loaded.failover?.routing.routers.first, comment ?? "\(messages)")
    }

    /// What is told, without places.
    var messages: [String] { loaded.diagnostics.map(\.message) }

    /// What is told as an error.
    var errors: [String] { loaded.diagnostics.filter { $0.severity == .error }.map(\.message) }
}
