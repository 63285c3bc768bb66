import CheckIO
import Configuration
import Diagnostics
import Glibc

/// What became of reading a configuration.
struct ConfigurationRead: Sendable {
    /// The file's contents; nil when it could not be read.
    var contents: FileContents?
    /// Why it could not be read.
    var failure: SystemFailure?
    /// What is to be done; nil when the file has an error.
    var configuration: DirectorConfiguration?
    /// Everything that is wrong or doubtful.
    var diagnostics: [Diagnostic] = []
    /// The lines of these for the log, and for people.
    var logLines: [String] = []
    var messages: [String] = []
    /// Whether host names that cannot be found now are all that keeps it from being used.
    var lacksOnlyNames = false
    /// The names in effect, for the next time.
    var answers: [NameQuestion: NameAnswer] = [:]
    /// What its folder for maintenance has; nil where it has none.
    var maintenance: MaintenanceListing?
}

/// Reads a configuration and finds out its names; everything that takes time is done on the thread that calls it.
struct ConfigurationReader: Sendable {
    let path: String
    let hostName: String
    let isLenient: Bool
    var isStrictlyCompatible = false
    /// The answers in effect until now; nil at a first start.
    var previous: [NameQuestion: NameAnswer]?
    /// Answers that were given a moment ago.
    var known: [NameQuestion: NameAnswer] = [:]
    /// The time that name servers have.
    var patience = NameResolution.usualLimit
    /// Whether nobody asked for it: the file has changed, which may be an accident.
    var isAutomatic = false
    /// Whether the configuration in force has virtual servers.
    var hasServices = false
    /// Tell of those who write the file where the kernel cannot be asked for them.
    var writers: WriteNotices?
    /// The time that whoever is writing the file has to end.
    var writingPatience = Duration.seconds(10)
    /// The time between two looks whether he has ended.
    private static let writingPause: UInt32 = 50_000

    func read() -> ConfigurationRead {
        var read = readFile()
        read.logLines = read.diagnostics.map { $0.ldirectordLine(of: getpid()) }
        read.messages = read.diagnostics.flatMap { diagnostic in
            diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        return read
    }

    private func readFile() -> ConfigurationRead {
        var read = ConfigurationRead()
        let contents: FileContents
        do throws(SystemFailure) {
            contents = try finishedContents()
        } catch {
            read.failure = error
            return read
        }
        if previous != nil {
            if contents.isBeingWritten {
                // Not noted as read: what it becomes when it is closed is news.
                read.diagnostics = [refusal("somebody has it open for writing, so that it may be incomplete")]
                return read
            }
            read.contents = contents
            // A copy that was broken off, or a full disk, looks like that; whoever wants no services stops the director.
            if contents.bytes.isEmpty {
                read.diagnostics = [refusal("the file is empty")]
                return read
            }
        }
        read.contents = contents
        let file = Language(of: contents.bytes, name: path).read(
            contents.bytes,
            name: path,
            context: ReadingContext(hostName: hostName, isStrictlyCompatible: isStrictlyCompatible)
        )
        // With an error nothing is done whatever the names are; without answers all would be reported as unresolved.
        guard !file.hasErrors else {
            read.diagnostics = file.diagnostics
            return read
        }
        let questions = file.questions.names
        var answers = known.filter { questions.contains($0.key) }
        answers.merge(NameResolution(of: questions.subtracting(answers.keys)).answers(within: patience)) { $1 }
        let loaded = file.loaded(
            with: ConfigurationAnswers(names: answers),
            unresolved: previous.map { .keep($0) } ?? (isLenient ? .leaveOut : .refuse)
        )
        read.configuration = loaded.configuration
        read.diagnostics = loaded.diagnostics
        read.answers = loaded.answers
        read.lacksOnlyNames = loaded.configuration == nil && file.lacksOnlyNames(answers)
        if let configuration = loaded.configuration {
            if isAutomatic, hasServices, configuration.virtualServers.isEmpty {
                read.configuration = nil
                read.diagnostics.append(
                    refusal("the file has no virtual server any more; it is taken by a reload only, not by itself")
                )
            }
            read.maintenance = configuration.process.maintenanceDirectory.map { MaintenanceListing(of: $0) }
        }
        return read
    }

    /// The contents once nobody is writing them any more, or as they are when his time is over.
    private func finishedContents() throws(SystemFailure) -> FileContents {
        let end = ContinuousClock.now + writingPatience
        while true {
            let contents = try FileContents(reading: path, notices: writers)
            // At the start there is nothing to be lost.
            guard previous != nil, contents.isBeingWritten, .now < end else { return contents }
            usleep(Self.writingPause)
        }
    }

    /// Why the file is not taken, which is no matter of one of its lines.
    private func refusal(_ message: String) -> Diagnostic {
        Diagnostic(file: path, line: 1, bytes: [], place: 0..<0, message: message)
    }
}
