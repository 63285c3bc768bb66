import Addresses
import Configuration
import Diagnostics
import IPVS
import Ldirectord
import Testing

/// The names that the files of these tests may use.
enum NamesOfTests {
    static let hosts: [String: String] = [
        "web1": "10.0.0.11", "web2": "10.0.0.12", "web_1": "10.0.0.31", "www.example.com": "10.0.0.1",
        "sorry": "10.0.0.99",
    ]
    static let hostsOfIPv6: [String: String] = ["web1": "fd00::11", "www.example.com": "fd00::1"]
    static let services: [String: UInt16] = [
        "http": 80, "https": 443, "domain": 53, "ftp": 21, "http-alt": 8080, "smtp": 25,
    ]

    static func answer(_ question: NameQuestion) -> NameAnswer {
        switch question {
        case .host(let name, let family):
            let text = (family == .ipv4 ? hosts : hostsOfIPv6)[name]
            return text.flatMap(IPAddress.init).map { .address($0) } ?? .unresolved("no such host")
        case .service("sip", .udp): return .port(5060)
        case .service(let name, _): return services[name].map { .port($0) } ?? .unresolved("no such service")
        }
    }

    static func answers(to questions: Set<NameQuestion>) -> [NameQuestion: NameAnswer] {
        Dictionary(uniqueKeysWithValues: questions.map { ($0, answer($0)) })
    }
}

/// Reads a text, with the names of the tests.
func reading(_ text: String, isStrict: Bool = false) -> LoadedConfiguration {
    reading(Array(text.utf8), isStrict: isStrict)
}

/// Reads bytes, with the names of the tests.
func reading(_ bytes: [UInt8], isStrict: Bool = false) -> LoadedConfiguration {
    let file = LdirectordFile(
        reading: bytes,
        name: "cf",
        context: ReadingContext(hostName: "director", isStrictlyCompatible: isStrict)
    )
    return file.loaded(with: ConfigurationAnswers(names: NamesOfTests.answers(to: file.questions.names)))
}

/// What a text without errors means.
func configuration(_ text: String, location: SourceLocation = #_sourceLocation) throws -> DirectorConfiguration {
    let read = reading(text)
    let errors = read.diagnostics.filter { $0.severity == .error }.map(\.description)
    return try #require(read.configuration, "\(errors)", sourceLocation: location)
}

/// A virtual server, of `virtual=10.0.0.1:80` unless said, with lines of a block.
func virtual(
    _ lines: String...,
    of first: String = "virtual=10.0.0.1:80",
    location: SourceLocation = #_sourceLocation
) throws -> VirtualServer {
    let text = block(lines, of: first)
    return try #require(try configuration(text, location: location).virtualServers.first, sourceLocation: location)
}

/// A text with one virtual server.
func block(_ lines: [String], of first: String = "virtual=10.0.0.1:80") -> String {
    ([first] + lines.filter { !$0.isEmpty }.map { "    " + $0 }).joined(separator: "\n") + "\n"
}

/// The first real server of such a virtual server.
func real(
    _ lines: String...,
    of first: String = "virtual=10.0.0.1:80",
    location: SourceLocation = #_sourceLocation
) throws -> RealServer {
    let reals = try configuration(block(lines, of: first), location: location).virtualServers.first?.realServers
    return try #require(reals?.first, sourceLocation: location)
}

extension LoadedConfiguration {
    /// The places and messages, `w` before those of warnings.
    var findings: [String] {
        diagnostics.map { "\($0.severity == .warning ? "w " : "")\($0.line):\($0.column) \($0.message)" }
    }
}
