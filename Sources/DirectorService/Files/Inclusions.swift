import Configuration
import System

/// The files that a configuration includes, as they are found on disk.
struct Inclusions: Hashable, Sendable {
    /// The paths that each pattern finds.
    private var paths: [FileQuestion: [String]] = [:]
    /// What can be told of those that are files, programs among them.
    private var states: [String: FileState] = [:]
    /// The digests of those that were read.
    private var digests: [String: Int] = [:]
    /// The first one that somebody was writing while it was read.
    private(set) var unfinished: String?

    /// The folders on the way to them, and those that new ones may come into.
    private(set) var folders: Set<String> = []

    /// Begins with none.
    init() {}

    /// Looks again for what another time has found.
    ///
    /// - Parameter writers: tell of those who write them where the kernel cannot be asked for them.
    init(lookingAgainFor others: Inclusions, _ writers: WriteNotices) {
        self.init(lookingAgainFor: others) { path throws(SystemFailure) in
            try FileContents(reading: path, notices: writers)
        }
    }

    /// Looks again for what another time has found, and reads the files so.
    init(lookingAgainFor others: Inclusions, reading: (_ path: String) throws(SystemFailure) -> FileContents) {
        _ = answers(to: Array(others.paths.keys), reading: reading)
    }

    /// Whether nothing is included.
    var isEmpty: Bool { paths.isEmpty }

    /// Whether all that was found are files that could be read.
    var isWhole: Bool { paths.values.joined().allSatisfy { digests[$0] != nil } }

    /// Whether the same files have the same contents.
    func hasContents(of other: Inclusions) -> Bool { paths == other.paths && digests == other.digests }

    /// The paths of all files, whatever they are.
    var files: Set<String> { Set(paths.values.joined()) }

    /// Whether the same files are there, as far as can be told without reading them; never where one was being written.
    func isUnchanged() -> Bool {
        unfinished == nil && paths.allSatisfy { IncludedFiles.paths(of: $0) == $1 }
            && paths.values.joined().allSatisfy { FileState(of: $0) == states[$0] }
    }

    /// Forgets what was read of the file that somebody was writing, so that it counts as changed when he has ended.
    mutating func forgetUnfinished() {
        if let unfinished { digests[unfinished] = nil }
    }

    /// What is found for each question, which is kept in mind.
    mutating func answers(
        to questions: [FileQuestion],
        reading: (_ path: String) throws(SystemFailure) -> FileContents
    ) -> [FileQuestion: [FoundFile]] {
        var states = states
        var digests = digests
        var unfinished = unfinished
        let found = IncludedFiles.answers(to: questions) { path in
            states[path] = FileState(of: path)
            return IncludedFiles.kind(of: path) { () throws(SystemFailure) in
                let contents = try reading(path)
                states[path] = contents.state
                digests[path] = contents.digest
                if contents.isBeingWritten { unfinished = unfinished ?? path }
                return contents
            }
        }
        (self.states, self.digests, self.unfinished) = (states, digests, unfinished)
        for (question, files) in found {
            paths[question] = files.map(\.path)
            folders.formUnion(IncludedFiles.folders(of: question))
        }
        return found
    }
}
