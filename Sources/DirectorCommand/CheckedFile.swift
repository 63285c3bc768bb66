import Configuration
import Console
import Diagnostics
import DirectorService
import Glibc
import System

/// The file of a configuration, with what is wrong with it and what it means once its names are resolved.
struct CheckedFile {
    /// The path as it was given.
    let path: String
    /// Why there is nothing to read; nil when the file was read.
    let failure: String?
    /// The meaning of the file; nil when it was not read.
    let loaded: LoadedConfiguration?

    /// The answers for the names in it.
    private(set) var answers: [NameQuestion: NameAnswer] = [:]
    /// Whether host names that cannot be found now are all that keeps it from being used.
    private(set) var lacksOnlyNames = false

    /// The most bytes of a file, more than any configuration has: a device would be read for ever.
    private static let limit = 64 << 20

    /// Reads the file at a path.
    ///
    /// - Parameters:
    ///   - language: the language that it is written in; nil where the file is to tell.
    ///   - isLenient: whether a server whose name does not resolve is left out with a warning.
    ///   - isStrictlyCompatible: whether what ldirectord refuses is refused.
    ///   - takesNamedPipes: whether a pipe with a name of its own is waited for; one that a shell opened is always read.
    ///   - adjust: says what else the meaning of the file depends on.
    init(
        of path: String,
        environment: DirectorEnvironment,
        language: Language?,
        isLenient: Bool,
        isStrictlyCompatible: Bool = false,
        takesNamedPipes: Bool = true,
        adjust: (inout ReadingContext) -> Void = { _ in }
    ) {
        self.path = path
        guard takesNamedPipes || path.hasPrefix("/dev/") || !SystemFile.isPipe(path) else {
            failure = "it is a pipe, and no ordinary file"
            loaded = nil
            return
        }
        do {
            let bytes = try SystemFile.read(path, limit: Self.limit)
            var context = ReadingContext(
                hostName: environment.hostName,
                isStrictlyCompatible: isStrictlyCompatible
            )
            adjust(&context)
            let language = language ?? Language(of: bytes, name: path)
            let file = language.read(bytes, name: path, context: context)
            failure = nil
            let questions = file.questions
            answers = environment.answers(questions.names)
            let found = ConfigurationAnswers(
                names: answers,
                missingFolders: questions.folders.filter { !environment.hasFolder($0) },
                programFaults: environment.programFaults(questions.programs),
                programRisks: language.needsPrograms ? environment.programRisks(questions.programs) : [:],
                accounts: environment.accounts(questions.accounts)
            )
            let loaded = file.loaded(with: found, unresolved: isLenient ? .leaveOut : .refuse)
            self.loaded = loaded
            lacksOnlyNames = file.lacksOnlyNames(loaded, found)
        } catch {
            failure = error.number == EFBIG ? "it has more than \(Self.limit) bytes" : error.message
            loaded = nil
        }
    }

    /// The configuration; nil when the file cannot be used.
    var configuration: DirectorConfiguration? { loaded?.configuration }

    var diagnostics: [Diagnostic] { loaded?.diagnostics ?? [] }

    /// How many errors there are, that of reading the file included.
    var errorCount: Int { (failure == nil ? 0 : 1) + count(of: .error) }

    var warningCount: Int { count(of: .warning) }

    /// How many diagnostics there are, those included that were too many to be told.
    private func count(of severity: Diagnostic.Severity) -> Int {
        diagnostics.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
    }

    /// The lines about everything that is wrong, in the order of the file.
    var complaints: [String] {
        (failure.map { ["\(path): \($0)"] } ?? []) + diagnostics.map(\.description)
    }
}
