import Addresses
import Configuration
import IPVS

/// Makes a configuration of the words of a file and of the answers to its questions.
struct ConfigurationAssembly {
    let words: FileWords
    let answers: ConfigurationAnswers
    /// Whether what only the machine lacks is told, and not refused.
    let isLenient: Bool
    /// Who gets mail; nil where nobody does, or by no server.
    let mail: MailAlert?
    /// Whether mail is sent about servers and services that say nothing; nil where nobody says it for them.
    let isMailedByDefault: Bool?
    var findings: Findings
    /// What stands in files beside it.
    let side: SideFiles
    /// What the machine shares with others; nil for nothing.
    private(set) var failover: FailoverConfiguration?

    /// The groups with entries by name.
    var groups: [String: ServiceGroup] = [:]
    /// The files that servers are weighed by, by name.
    var trackFiles: [String: TrackFile] = [:]
    /// The names of all that stand in the file, those with errors among them.
    var trackFileNames: Set<String> = []
    /// The pools that were made, each with what it was made of.
    var pools: [ReadPool] = []
    /// The first pool whose first service has a key.
    var poolsByKey: [ServiceKey: Int] = [:]
    /// How many services of each group were made.
    var usesOfGroups: [String: Int] = [:]
    /// The entries of the kernel that may still be made.
    var entriesLeft = ConfigurationAssembly.mostEntries

    /// The most services of the kernel that a file makes.
    static let mostEntries = 1 << 20

    init(
        of words: FileWords,
        answers: ConfigurationAnswers,
        isLenient: Bool = false,
        hostName: String = "",
        side: SideFiles = SideFiles(),
        findings: Findings
    ) {
        self.words = words
        self.answers = answers
        self.isLenient = isLenient
        self.findings = findings
        self.side = side
        mail = MailAlert(words.globals, hostName: hostName)
        isMailedByDefault = words.globals.boolean("smtp_alert_checker") ?? words.globals.boolean("smtp_alert")
    }

    mutating func configuration() -> DirectorConfiguration {
        noteAccounts()
        notePrograms()
        readTrackFiles()
        readGroups()
        for block in words.file.blocks("virtual_server") { addService(block) }
        noteSharedKeys()
        readFailover()
        var configuration = DirectorConfiguration(
            virtualServers: pools.map(\.virtual),
            settings: settings(),
            process: process()
        )
        configuration.places = sharedPlaces()
        return configuration
    }

    private mutating func readFailover() {
        var assembly = FailoverAssembly(
            words,
            answers: answers,
            side: side,
            pools: pools,
            mail: mail,
            findings: findings
        )
        failover = assembly.configuration(trackFiles: trackFiles)
        findings = assembly.findings
    }

    /// Where a word stands.
    func place(of word: Word) -> FilePlace {
        FilePlace(file: word.place.file == 0 ? nil : findings.sources.name(at: word.place), line: Int(word.place.line))
    }

    /// Tells of pools that come to act on one service of the kernel.
    private mutating func noteSharedKeys() {
        // The pool that each service belongs to first.
        var owners: [ServiceKey: Int] = [:]
        for (index, pool) in pools.enumerated() {
            var isTold = false
            for service in pool.virtual.services {
                if let first = owners[service.key] {
                    guard !isTold, first != index else { continue }
                    isTold = true
                    findings.warning(
                        "an address of another virtual_server: both have their servers behind it",
                        at: pool.place,
                        note: "The other is in line \(pools[first].place.place.line); its scheduler and flags count."
                    )
                } else {
                    owners[service.key] = index
                }
            }
        }
    }
}
