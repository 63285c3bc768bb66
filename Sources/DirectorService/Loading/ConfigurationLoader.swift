import Configuration
import Diagnostics
import Failover
import Glibc
import System
import VRRPControl

/// Loads a configuration: reads its file and finds out its names, on the thread that calls it, which that keeps waiting.
struct ConfigurationLoader: Sendable {
    let path: String
    /// The language of the file; nil where the file is to tell.
    var language: Language?
    let context: ReadingContext
    /// What becomes of names without an answer; with `keep` it is a reload, and else a first start.
    let unresolved: UnresolvedNames
    /// The configuration as it was read last, which a file of the same contents needs not be taken apart for.
    var earlier: ReadConfiguration?
    /// Answers that were given a moment ago.
    var known: [NameQuestion: NameAnswer] = [:]
    /// The time that name servers have.
    var patience = NameResolution.usualLimit
    /// Whether nobody asked for it: the file has changed, which may be an accident.
    var isAutomatic = false
    /// Whether the configuration in force has virtual servers.
    var hasServices = false
    /// Whether it has virtual routers.
    var hasRouters = false
    /// Whether virtual routers are kept in this process.
    var isSingle = false
    /// Tell of those who write the file where the kernel cannot be asked for them.
    var writers: WriteNotices?
    /// The time that whoever is writing the file has to end.
    var writingPatience = Duration.seconds(10)
    /// The time between two looks whether he has ended.
    private static let writingPause: UInt32 = 50_000

    private var isReload: Bool {
        if case .keep = unresolved { true } else { false }
    }

    func load() -> LoadedFile {
        var loaded = loadFile()
        if let language = loaded.language {
            loaded.logLines = loaded.diagnostics.map { language.logLine(about: $0, process: getpid()) }
        }
        loaded.messages = loaded.diagnostics.flatMap { diagnostic in
            diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        return loaded
    }

    private func loadFile() -> LoadedFile {
        var loaded = LoadedFile()
        let contents: FileContents
        do throws(SystemFailure) {
            contents = try finishedContents(of: path)
        } catch {
            loaded.failure = error
            return loaded
        }
        let language = language ?? Language(of: contents.bytes, name: path)
        loaded.language = language
        if isReload {
            if contents.isBeingWritten {
                // The contents are not noted as read, so that the file counts as changed when it is closed.
                loaded.diagnostics = [refusal("somebody has it open for writing, so that it may be incomplete")]
                return loaded
            }
            loaded.contents = contents
            // An interrupted copy or a full disk leaves such a file; an operator who wants no services stops the director.
            if contents.bytes.isEmpty {
                loaded.diagnostics = [refusal("the file is empty")]
                return loaded
            }
        }
        loaded.contents = contents
        let reading = FileReading(
            contents.bytes,
            digest: contents.digest,
            path: path,
            language: language,
            context: context,
            earlier: earlier
        ) { path throws(SystemFailure) in try finishedContents(of: path) }
        loaded.inclusions = reading.inclusions
        if isReload, let unfinished = loaded.inclusions.unfinished {
            loaded.inclusions.forgetUnfinished()
            loaded.diagnostics = [
                refusal("somebody has it open for writing, so that it may be incomplete", of: unfinished)
            ]
            return loaded
        }
        // With an error nothing is done whatever the names are; without answers all would be reported as unresolved.
        guard !reading.hasErrors else {
            loaded.diagnostics = reading.diagnostics
            return loaded
        }
        let questions = reading.questions
        var names = known.filter { questions.names.contains($0.key) }
        names.merge(NameResolution(of: questions.names.subtracting(names.keys)).answers(within: patience)) { $1 }
        var answers = ConfigurationAnswers(names: names)
        if language.needsPrograms {
            answers.programFaults = MachineLook.programFaults(questions.programs)
            answers.programRisks = MachineLook.programRisks(questions.programs)
            answers.accounts = MachineLook.accounts(questions.accounts)
        }
        let read = reading.configuration(with: answers, unresolved: unresolved)
        let meaning = read.meaning
        loaded.read = read.unwritten
        loaded.inclusions = read.identity.inclusions
        loaded.configuration = meaning.configuration
        loaded.failover = meaning.failover
        loaded.diagnostics = meaning.diagnostics
        if let configuration = meaning.configuration {
            if isAutomatic, hasServices, configuration.virtualServers.isEmpty {
                loaded.configuration = nil
                loaded.diagnostics.append(
                    refusal("the file has no virtual server any more; it is taken by a reload only, not by itself")
                )
            }
            let routers = meaning.failover?.routing ?? RouterSet()
            if isAutomatic, hasRouters, routers.routers.isEmpty {
                loaded.configuration = nil
                loaded.diagnostics.append(
                    refusal("the file has no virtual router any more; it is taken by a reload only, not by itself")
                )
            }
            // What the process of the virtual routers would refuse is refused before anything is done by it.
            if let objection = routers.objection ?? (isSingle ? SingleRouters.objection(to: routers) : nil) {
                loaded.configuration = nil
                loaded.diagnostics.append(refusal(objection))
            }
            loaded.maintenance = configuration.process.maintenanceDirectory.map { FolderListing(of: $0) }
        }
        return loaded
    }

    /// The contents once nobody is writing them any more, or as they are when his time is over.
    private func finishedContents(of path: String) throws(SystemFailure) -> FileContents {
        let end = ContinuousClock.now + writingPatience
        while true {
            let contents = try FileContents(reading: path, notices: writers)
            // A start has no configuration in force that half of a file could replace.
            guard isReload, contents.isBeingWritten, .now < end else { return contents }
            usleep(Self.writingPause)
        }
    }

    /// Why the file is not taken, which is no matter of one of its lines.
    private func refusal(_ message: String, of included: String? = nil) -> Diagnostic {
        Diagnostic(file: included ?? path, line: 1, bytes: [], place: 0..<0, message: message)
    }
}
