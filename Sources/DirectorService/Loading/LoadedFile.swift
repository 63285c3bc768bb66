import Configuration
import Diagnostics
import System

/// What became of loading a configuration.
struct LoadedFile: Sendable {
    /// The file's contents; nil when it could not be read.
    var contents: FileContents?
    /// The files that it includes, as they were read.
    var inclusions = Inclusions()
    /// The language that it is written in; nil when it could not be read.
    var language: Language?
    /// Why it could not be read.
    var failure: SystemFailure?
    /// What is to be done; nil when the file has an error.
    var configuration: DirectorConfiguration?
    /// What is shared with other machines; nil when the file has an error or its language knows nothing of it.
    var failover: FailoverConfiguration?
    /// Everything that is wrong or doubtful.
    var diagnostics: [Diagnostic] = []
    /// The lines of these for the log, and for people.
    var logLines: [String] = []
    var messages: [String] = []
    /// The file as it was read; nil where it could not be, and where nothing was asked of the machine for its sake.
    var read: ReadConfiguration?
    /// What its folder for maintenance has; nil where it has none.
    var maintenance: FolderListing?
}
