package import Configuration
import Glibc
import System

/// The files of this machine that a configuration includes.
package enum IncludedFiles {
    /// The most files of a pattern.
    private static let most = 4096
    /// The bytes after which no further file is read: no configuration includes as many, and whoever reads one refuses them.
    private static let mostBytes = 64 << 20

    /// What is found for each question.
    package static func answers(to questions: [FileQuestion]) -> [FileQuestion: [FoundFile]] {
        answers(to: questions) { path in
            kind(of: path) { () throws(SystemFailure) in try FileContents(reading: path) }
        }
    }

    /// What is found for each question, by a look at each file.
    static func answers(
        to questions: [FileQuestion],
        _ kind: (_ path: String) -> FoundFile.Kind
    ) -> [FileQuestion: [FoundFile]] {
        var bytes = 0
        func look(at path: String) -> FoundFile {
            // A pattern that finds the logs of a machine must not fill its memory.
            guard bytes <= mostBytes else {
                return FoundFile(path: path, kind: .unreadable("the files before it have more than \(mostBytes) bytes"))
            }
            let found = FoundFile(path: path, kind: kind(path))
            if case .contents(let contents) = found.kind { bytes += contents.count }
            return found
        }
        let found = questions.map { question in (question, paths(of: question).map(look)) }
        return Dictionary(found) { first, _ in first }
    }

    /// The paths that a pattern finds, by the order of names, as `glob(3)` has them.
    static func paths(of question: FileQuestion) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(folder(of: question) + question.pattern, 0, nil, &found) == 0 else { return [] }
        return (0..<min(Int(found.gl_pathc), most)).compactMap { number in
            found.gl_pathv[number].map { String(cString: $0) }
        }
    }

    /// The folders in which a change can make a pattern find something else, those of links among them.
    static func folders(of question: FileQuestion) -> Set<String> {
        let path = question.pattern.hasPrefix("/") ? question.pattern : "\(question.folder)/\(question.pattern)"
        let parts = Machine.absolutePath(path).split(separator: "/")
        // A name without a meaning for others stands for what a pattern may find.
        let fixed = parts.prefix { !$0.utf8.contains { "*?[".utf8.contains($0) } }
        return LinkTrail.folders(to: "/" + (fixed.count < parts.count ? fixed + ["-"] : fixed).joined(separator: "/"))
    }

    /// The folder that a relative pattern begins in, with a slash; no character of it stands for others.
    private static func folder(of question: FileQuestion) -> String {
        guard !question.pattern.hasPrefix("/"), !question.folder.isEmpty else { return "" }
        let name = question.folder.utf8.flatMap { byte in
            "*?[\\".utf8.contains(byte) ? [UInt8(ascii: "\\"), byte] : [byte]
        }
        return String(decoding: name, as: UTF8.self) + (question.folder.hasSuffix("/") ? "" : "/")
    }

    /// What a path leads to; an ordinary file that is no program is read by that function.
    static func kind(of path: String, reading: () throws(SystemFailure) -> FileContents) -> FoundFile.Kind {
        guard let mode = SystemFile.mode(path) else { return .unreadable("a link that leads nowhere") }
        switch mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG where mode & (S_IXUSR | S_IXGRP | S_IXOTH) == 0:
            do throws(SystemFailure) {
                return .contents(try reading().bytes)
            } catch {
                return .unreadable(error.message)
            }
        case S_IFREG: return .executable
        default: return .special
        }
    }
}
