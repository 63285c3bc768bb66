import CheckIO
import Configuration
import Diagnostics

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
    /// The names in effect, for the next time.
    var answers: [NameQuestion: NameAnswer] = [:]
}

/// Reads a configuration and finds out its names; everything that takes time is done on the thread that calls it.
struct ConfigurationReader: Sendable {
    let path: String
    let hostName: String
    let isLenient: Bool
    var isStrictlyCompatible = false
    /// The answers in effect until now; nil at a first start.
    var previous: [NameQuestion: NameAnswer]?
    /// The time that name servers have.
    var patience = NameResolution.usualLimit

    func read() -> ConfigurationRead {
        var read = ConfigurationRead()
        let contents: FileContents
        do throws(SystemFailure) {
            contents = try FileContents(reading: path)
        } catch {
            read.failure = error
            return read
        }
        read.contents = contents
        // A copy that was broken off, or a full disk, looks like that; whoever wants no services stops the director.
        if previous != nil, contents.bytes.isEmpty {
            let message = "the file is empty"
            read.diagnostics = [Diagnostic(file: path, line: 1, bytes: [], place: 0..<0, message: message)]
            return read
        }
        let file = LdirectordFile(
            reading: contents.bytes,
            name: path,
            surroundings: LdirectordSurroundings(hostName: hostName, isStrictlyCompatible: isStrictlyCompatible)
        )
        // With an error nothing is done whatever the names are; without answers all would be reported as unresolved.
        guard !file.hasErrors else {
            read.diagnostics = file.diagnostics
            return read
        }
        let answers = NameResolution(of: file.questions).answers(within: patience)
        let reading = file.configuration(answers: answers, previous: previous, isLenient: isLenient)
        read.configuration = reading.configuration
        read.diagnostics = reading.diagnostics
        read.answers = reading.answers
        return read
    }
}
