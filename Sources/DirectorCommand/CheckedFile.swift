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
    /// The file with the answers of the machine and its meaning; nil when it was not read.
    let read: ReadConfiguration?

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
            read = nil
            return
        }
        do throws(SystemFailure) {
            // A pipe that is opened twice has lost what it had.
            let contents = SystemFile.isRegular(path) ? try FileContents(reading: path) : nil
            let bytes = if let contents { contents.bytes } else { try SystemFile.read(path, limit: Self.limit) }
            var context = ReadingContext(
                hostName: environment.hostName,
                isStrictlyCompatible: isStrictlyCompatible
            )
            adjust(&context)
            let reading = FileReading(
                bytes,
                digest: contents?.digest,
                path: path,
                language: language,
                context: context
            )
            failure = nil
            let questions = reading.questions
            let answers = ConfigurationAnswers(
                names: environment.answers(questions.names),
                missingFolders: questions.folders.filter { !environment.hasFolder($0) },
                programFaults: environment.programFaults(questions.programs),
                programRisks: reading.language.needsPrograms ? environment.programRisks(questions.programs) : [:],
                accounts: environment.accounts(questions.accounts)
            )
            read = reading.configuration(with: answers, unresolved: isLenient ? .leaveOut : .refuse)
        } catch {
            failure = error.number == EFBIG ? "it has more than \(Self.limit) bytes" : error.message
            read = nil
        }
    }

    /// The meaning of the file; nil when it was not read.
    var loaded: LoadedConfiguration? { read?.meaning }

    /// The answers for the names in it.
    var answers: [NameQuestion: NameAnswer] { read?.answers.names ?? [:] }

    /// Whether host names that cannot be found now are all that keeps it from being used.
    var lacksOnlyNames: Bool { read?.lacksOnlyNames ?? false }

    /// What a daemon begins with.
    consuming func handedOver() -> ReadConfiguration? { read?.unwritten }

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
