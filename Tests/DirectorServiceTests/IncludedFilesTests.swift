import Configuration
import Glibc
import TestKit
import Testing

@testable import DirectorService

struct IncludedFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes a file that nobody may run.
    private func plain(_ name: String, _ text: String) { chmod(folder.write(name, text), 0o644) }

    private func found(_ pattern: String, in other: String? = nil) -> [FoundFile] {
        let question = FileQuestion(pattern: pattern, folder: other ?? folder.path)
        return IncludedFiles.answers(to: [question])[question] ?? []
    }

    private func contents(_ text: String) -> FoundFile.Kind { .contents(Array(text.utf8)) }

    @Test func filesAreFoundByTheirNamesInOrder() throws {
        plain("b.conf", "two")
        plain("a.conf", "one")
        plain(".hidden.conf", "no")
        let both = [
            FoundFile(path: "\(folder.path)/a.conf", kind: contents("one")),
            FoundFile(path: "\(folder.path)/b.conf", kind: contents("two")),
        ]
        #expect(found("*.conf") == both)
        #expect(found("[ab].conf") == both)
        #expect(found("?.conf") == both)
        #expect(found("\(folder.path)/*.conf", in: "/nowhere") == both)
        #expect(found("a.conf") == [both[0]])
        #expect(found("c.conf") == [])
        #expect(found("{a,b}.conf") == [])
    }

    @Test func whatIsNoOrdinaryFileIsNotRead() throws {
        mkdir("\(folder.path)/d", 0o755)
        plain("p", "#!/bin/sh")
        chmod("\(folder.path)/p", 0o644 | S_IXOTH)
        mkfifo("\(folder.path)/f", 0o644)
        symlink("nowhere", "\(folder.path)/l")
        plain("t", "text")
        symlink("t", "\(folder.path)/s")
        #expect(found("d").map(\.kind) == [.folder])
        #expect(found("p").map(\.kind) == [.executable])
        #expect(found("f").map(\.kind) == [.special])
        #expect(found("*l").map(\.kind) == [.unreadable("a link that leads nowhere")])
        #expect(found("s").map(\.kind) == [contents("text")])
    }

    /// A pattern may find all logs of a machine: they are refused before they fill its memory.
    @Test func moreBytesThanAConfigurationHasAreNotRead() throws {
        for name in ["a", "b", "c"] {
            plain(name, "")
            truncate("\(folder.path)/\(name)", 34 << 20)
        }
        plain("d", "text")
        let kinds = found("*").map(\.kind)
        let sizes = kinds.map { if case .contents(let bytes) = $0 { bytes.count } else { 0 } }
        #expect(sizes == [34 << 20, 34 << 20, 0, 0])
        #expect(kinds[3] == .unreadable("the files before it have more than \(64 << 20) bytes"))
        let bytes = Array("include \(folder.path)/*\n".utf8)
        let file = Language.keepalived.read(bytes, name: "k.conf", context: ReadingContext(hostName: "x"))
        #expect(file.hasErrors)
    }

    @Test func theNameOfAFolderIsNoPattern() throws {
        let name = "\(folder.path)/[x]*"
        mkdir(name, 0o755)
        plain("[x]*/a", "in")
        mkdir("\(folder.path)/xy", 0o755)
        plain("xy/a", "out")
        #expect(found("a", in: name) == [FoundFile(path: "\(name)/a", kind: contents("in"))])
        #expect(found("*", in: name).map(\.path) == ["\(name)/a"])
    }
}
