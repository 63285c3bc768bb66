import Configuration
import Glibc
import Keepalived
import TestKit

/// The machine of the recordings, as far as a configuration asks for it.
enum StandInMachine {
    /// Where the configurations of the recordings lay.
    static let folder = "/mnt/k"

    /// What comes of a file.
    ///
    /// - Parameters:
    ///   - options: with which keepalived was started.
    ///   - beside: the folder of this repository with what lies beside the file; nil for nothing.
    ///   - files: what other files have, by their paths.
    static func load(
        _ bytes: [UInt8],
        name: String = "\(folder)/keepalived.conf",
        options: [String] = [],
        beside: String? = nil,
        unresolved: UnresolvedNames = .refuse,
        files: [String: String] = [:]
    ) -> LoadedConfiguration {
        var file = KeepalivedFile(reading: bytes, name: name, context: context(options))
        while !file.inclusions.isEmpty {
            let answers = file.inclusions.map { question in
                let given = files[question.pattern].map {
                    [FoundFile(path: question.pattern, kind: .contents(Array($0.utf8)))]
                }
                return (question, given ?? Self.files(of: question, beside))
            }
            file.include(Dictionary(answers) { first, _ in first })
        }
        return file.loaded(with: answers(to: file.questions), unresolved: unresolved)
    }

    static func load(
        _ text: String,
        unresolved: UnresolvedNames = .refuse,
        files: [String: String] = [:]
    ) -> LoadedConfiguration {
        load(Array(text.utf8), unresolved: unresolved, files: files)
    }

    private static func context(_ options: [String]) -> ReadingContext {
        let place = options.firstIndex(of: "-i").map { $0 + 1 }
        return ReadingContext(
            hostName: "lb1",
            configurationID: place.map { options[$0] },
            environment: ["LC_ALL": "C"]
        )
    }

    /// The files that a pattern finds.
    private static func files(of question: FileQuestion, _ beside: String?) -> [FoundFile] {
        guard let beside else { return [] }
        let root = SourceTree.path(beside)
        let wanted = question.pattern.hasPrefix("/") ? question.pattern : "\(question.folder)/\(question.pattern)"
        guard wanted.hasPrefix(folder) else { return [] }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(root + wanted.dropFirst(folder.count), 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { number in
            guard let path = found.gl_pathv[number].map({ String(cString: $0) }) else { return nil }
            let name = folder + path.dropFirst(root.utf8.count)
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            if status.st_mode & S_IFMT == S_IFDIR { return FoundFile(path: name, kind: .folder) }
            if status.st_mode & 0o111 != 0 { return FoundFile(path: name, kind: .executable) }
            return (try? [UInt8](contentsOf: path)).map { FoundFile(path: name, kind: .contents($0)) }
        }
    }

    /// No name is found, the programs of the system are there, and users are root and nobody.
    static func answers(to questions: ConfigurationQuestions) -> ConfigurationAnswers {
        var answers = ConfigurationAnswers()
        for name in questions.names { answers.names[name] = .unresolved("no such host") }
        for program in questions.programs where !isThere(program.name) {
            answers.programFaults[program] = "No such file or directory"
        }
        for account in questions.accounts { answers.accounts[account] = answer(to: account) }
        return answers
    }

    /// Programs of the system, and those that the how-tos have the reader write.
    private static func isThere(_ program: String) -> Bool {
        !program.contains("/") || ["/usr/bin/", "/bin/", "/etc/"].contains { program.hasPrefix($0) }
    }

    private static func answer(to question: AccountQuestion) -> AccountAnswer {
        let users: [String: UInt32] = ["root": 0, "nobody": 65534]
        let groups: [String: UInt32] = ["root": 0, "nogroup": 65534]
        guard let user = users[question.user] else { return .noUser }
        guard let name = question.group else { return .found(user: user, group: user) }
        return groups[name].map { .found(user: user, group: $0) } ?? .noGroup
    }
}
