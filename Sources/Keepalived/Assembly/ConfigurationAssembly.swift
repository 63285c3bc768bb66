import Addresses
import Configuration
import IPVS

/// Makes a configuration of the words of a file and of the answers to its questions.
struct ConfigurationAssembly {
    let words: FileWords
    let answers: ConfigurationAnswers
    /// Whether what only the machine lacks is told, and not refused.
    let isLenient: Bool
    /// The name of this host, which mails have where the file names no router.
    let hostName: String
    var findings: Findings

    /// The groups with entries by name.
    var groups: [String: ServiceGroup] = [:]
    /// The files that servers are weighed by, by name.
    var trackFiles: [String: TrackFile] = [:]
    /// The pools that were made, each with what it was made of.
    var pools: [Pool] = []
    /// The first pool whose first service has a key.
    var poolsByKey: [ServiceKey: Int] = [:]
    /// The pool that each service of the kernel belongs to first.
    private var owners: [ServiceKey: Int] = [:]
    /// How many services of each group were made.
    var usesOfGroups: [String: Int] = [:]
    /// The entries of the kernel that may still be made.
    var entriesLeft = ConfigurationAssembly.mostEntries

    /// The most services of the kernel that a file makes.
    static let mostEntries = 1 << 20

    /// A pool with the words that it comes from.
    struct Pool {
        var server: VirtualServer
        /// The word that names it.
        let place: Word
        /// What its servers are in the kernel.
        var endpoints: Set<Endpoint>

        init(server: VirtualServer, place: Word) {
            self.server = server
            self.place = place
            let service = server.service
            endpoints = Set(server.realServers.map { $0.destination(in: service).endpoint })
        }
    }

    init(
        of words: FileWords,
        answers: ConfigurationAnswers,
        isLenient: Bool = false,
        hostName: String = "",
        findings: Findings
    ) {
        self.words = words
        self.answers = answers
        self.isLenient = isLenient
        self.hostName = hostName
        self.findings = findings
    }

    mutating func configuration() -> DirectorConfiguration {
        noteFailover()
        noteAccounts()
        notePrograms()
        readTrackFiles()
        readGroups()
        for block in words.file.blocks("virtual_server") { addService(block) }
        noteSharedKeys()
        return DirectorConfiguration(
            virtualServers: pools.map(\.server),
            settings: settings(),
            process: process()
        )
    }

    /// Tells of pools that come to act on one service of the kernel.
    private mutating func noteSharedKeys() {
        for (index, pool) in pools.enumerated() {
            var isTold = false
            for service in pool.server.services {
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
