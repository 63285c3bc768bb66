import Addresses
import Configuration
import IPVS

/// Says a configuration in the words of `keepalived.conf`, with every default and inherited value.
///
/// Whatever was inherited stands where it counts: in each server and each check. What the language has no words for is
/// noted with the line of what it is about.
struct WrittenConfiguration {
    let configuration: DirectorConfiguration
    /// What the machine shares with others; nil for nothing.
    let failover: FailoverConfiguration?
    /// The names of the users that programs run as, by their numbers.
    let accounts: [ProgramUser: AccountQuestion]
    /// What cannot be said.
    var differences: [Translation.Difference] = []

    /// The entries of the groups that were written, by their names.
    var groups: [String: [WrittenStatement]] = [:]
    /// The blocks of these groups and of tracked files, which stand before what uses them.
    var definitions: [WrittenStatement] = []
    /// The names of the files that servers are weighed by.
    var trackedFiles: [TrackedFile: String] = [:]
    var fileNames: Set<String> = []
    /// What checks show of this end in TLS, and whom they trust.
    var tls: WrittenTLS?
    /// What differences found now are about; nil for the whole file.
    var place: FilePlace?

    /// The block `SSL`, which is one for all checks.
    struct WrittenTLS: Hashable {
        var identity: TLSIdentity?
        var trusted: String?
    }

    /// What makes the virtual servers, by the names that trackers have for them.
    private(set) var identities: [String: [WrittenValue]] = [:]

    init(
        _ configuration: DirectorConfiguration,
        failover: FailoverConfiguration?,
        accounts: [ProgramUser: AccountQuestion] = [:]
    ) {
        self.configuration = configuration
        self.failover = failover
        self.accounts = accounts
    }

    /// The statements of the whole file.
    mutating func statements() -> [WrittenStatement] {
        let outermost = outermost()
        let globals = globals()
        for file in failover?.files ?? [] { define(file.file, file.name) }
        let services = configuration.virtualServers.flatMap { pool -> [WrittenStatement] in
            let statements = service(pool)
            if let values = statements.last?.values { identities[pool.voiceName] = identity(values, of: pool) }
            return statements
        }
        place = nil
        let routers = failoverBlocks()
        var blocks: [WrittenStatement] = []
        if !globals.isEmpty { blocks.append(WrittenStatement("global_defs", block: globals)) }
        if let tls, tls != WrittenTLS() { blocks.append(WrittenStatement("SSL", block: statements(of: tls))) }
        return outermost + blocks + definitions + services + routers
    }

    /// How trackers name a virtual server: as it is named itself, with its protocol where others may have the same name.
    private func identity(_ values: [WrittenValue], of pool: VirtualServer) -> [WrittenValue] {
        guard let name = pool.service.key.transport?.name else { return values }
        return values + [.word(name)]
    }

    /// Notes what would be lost.
    mutating func lose(_ message: String) {
        differences.append(Translation.Difference(isLoss: true, place: place, message: message))
    }

    /// Notes what is other, and not lost.
    mutating func change(_ message: String) {
        differences.append(Translation.Difference(isLoss: false, place: place, message: message))
    }

    /// A text as a value; nil where it cannot be one, which is noted.
    mutating func text(_ text: String, of what: String) -> WrittenValue? {
        guard WrittenText.canQuote(text) else {
            lose("\(what) has a sign that cannot be written: a quote, the end of a line or ${")
            return nil
        }
        return .text(text)
    }

    /// A statement with a text; none where that cannot be written.
    mutating func statement(_ keyword: String, _ text: String?) -> [WrittenStatement] {
        guard let text, let value = self.text(text, of: keyword) else { return [] }
        return [WrittenStatement(keyword, value)]
    }

    /// A statement with a program, its arguments and whom it is run as.
    mutating func program(_ keyword: String, _ program: NoticeProgram?) -> [WrittenStatement] {
        guard let program else { return [] }
        let words =
            switch program.command {
            case .words(let words): words
            case .shell(let text): ["/bin/sh", "-c", text]
            }
        var values: [WrittenValue] = [.script(WrittenText.commandLine(words))]
        if let user = program.user {
            values.append(.script(user))
            if let group = program.group { values.append(.script(group)) }
        } else if program.group != nil {
            lose("the group of a program without its user")
        }
        return [WrittenStatement(keyword, values: values)]
    }
}
