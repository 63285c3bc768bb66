import Addresses
import Dialogues
import Glibc
import IPVS
import TestKit
import Testing

@testable import DirectorService
@testable import System

/// A configuration that somebody is still writing is none.
@Suite(.waits)
struct HalfWrittenFileTests {
    /// A stage with two virtual servers, and its whole file.
    private static func stage(_ globals: String) throws -> (Stage, String) {
        let stage = try Stage(globals: globals) { _, environment, _ in
            environment.writingPatience = .milliseconds(300)
        }
        let text =
            stage.text(globals: globals) + "virtual=127.0.0.1:81\n    real=127.0.0.1:\(stage.servers[0].port) masq\n"
        stage.folder.write("test.cf", text)
        try stage.start()
        #expect(stage.kernel.services.count == 2)
        return (stage, text)
    }

    /// How the new file comes into the place of the old one.
    enum Way: CaseIterable {
        case truncated
        case replacedByAnEmptyOne
        case appended
    }

    private static func begin(_ way: Way, _ stage: Stage, _ text: String) -> (Pen, rest: Substring) {
        let path = "\(stage.folder.path)/test.cf"
        switch way {
        case .truncated: break
        case .replacedByAnEmptyOne: unlink(path)
        case .appended:
            let pen = Pen(path, O_APPEND)
            pen.write("# more\nvirtual=127.0.0.1:82\n")
            return (pen, "    real=127.0.0.1:\(stage.servers[1].port) masq\n")
        }
        let pen = Pen(path)
        let cut = text.firstRange(of: "virtual=127.0.0.1:81")?.lowerBound ?? text.endIndex
        pen.write("# new\n\(text[..<cut])")
        return (pen, text[cut...])
    }

    @Test(arguments: Way.allCases)
    func aReloadOfAFileThatIsOpenForWritingChangesNothing(_ way: Way) throws {
        let (stage, text) = try Self.stage("")
        let before = stage.kernel.changes.count
        var (pen, rest): (Pen?, Substring) = Self.begin(way, stage, text)
        stage.director.handle(signal: SIGHUP)
        try stage.turn("refusal") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .failed)
        #expect(stage.log.contains("somebody has it open for writing, so that it may be incomplete"))
        #expect(stage.kernel.changes.count == before)
        pen?.write(rest)
        pen = nil
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 2 }
        #expect(stage.status?.outcome == .loaded)
        try stage.turn("services") { stage.kernel.services.count == (way == .appended ? 3 : 2) }
    }

    @Test func aReloadWaitsForTheEndOfTheWriting() throws {
        let (stage, text) = try Self.stage("")
        var (pen, rest): (Pen?, Substring) = Self.begin(.truncated, stage, text)
        stage.director.handle(signal: SIGHUP)
        try stage.director.turn(atMost: .zero)
        pen?.write(rest + "virtual=127.0.0.1:82\n    real=127.0.0.1:\(stage.servers[0].port) masq\n")
        pen = nil
        try stage.turn("reload") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .loaded)
        try stage.turn("services") { stage.kernel.services.count == 3 }
        #expect(!stage.kernel.changes.contains { if case .deleteService = $0 { true } else { false } })
    }

    @Test(arguments: Way.allCases)
    func aFileThatGrowsIsTakenWhenItIsClosed(_ way: Way) throws {
        let (stage, text) = try Self.stage("autoreload=yes")
        let before = stage.kernel.changes.count
        var (pen, rest): (Pen?, Substring) = Self.begin(way, stage, text)
        try stage.turn("word on it") {
            stage.log.contains("is still being written; it is looked into when it is closed")
        }
        #expect(stage.status?.reloads == 0)
        #expect(stage.kernel.changes.count == before)
        pen?.write(rest + "# the end\n")
        pen = nil
        try stage.turn("reload") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .loaded)
        #expect(!stage.kernel.changes.contains { if case .deleteService = $0 { true } else { false } })
    }

    @Test(arguments: ["# nothing but a comment\n", "checkinterval=1\nautoreload=yes\n"])
    func aFileWithoutVirtualServersIsNotTakenByItself(_ text: String) throws {
        let (stage, _) = try Self.stage("autoreload=yes")
        stage.folder.write("test.cf", text)
        try stage.turn("look") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .failed)
        #expect(stage.log.contains("the file has no virtual server any more; it is taken by a reload only"))
        #expect(stage.kernel.services.count == 2)
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 2 }
        #expect(stage.status?.outcome == .loaded)
        try stage.turn("empty table") { stage.kernel.services.isEmpty }
    }

    @Test func whatHappensToOtherFilesPutsNoLookOff() throws {
        let (stage, text) = try Self.stage("autoreload=yes")
        stage.folder.write("test.cf", text + "virtual=127.0.0.1:82\n    real=127.0.0.1:\(stage.servers[0].port) masq\n")
        var number = 0
        try stage.turn("reload in a busy folder") {
            number += 1
            stage.folder.write("other.\(number % 10)", "\(number)")
            return stage.kernel.services.count == 3
        }
    }

    @Test func whatHappensInTheMaintenanceFolderPutsNoLookOff() throws {
        let (stage, text) = try Self.stage("")
        mkdir("\(stage.folder.path)/maintenance", 0o755)
        stage.folder.write("test.cf", "maintenancedir=\(stage.folder.path)/maintenance\n\(text)")
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 1 }
        stage.folder.write("maintenance/127.0.0.1:\(stage.servers[1].port)", "")
        var number = 0
        try stage.turn("maintenance in a busy folder") {
            number += 1
            stage.folder.write("maintenance/x\(number % 10)", "")
            return stage.weight(1) == 0
        }
    }

    @Test func theKernelTellsWhoHasAFileOpenForWriting() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("file", "one")
        let reader = open(path, O_RDONLY)
        defer { close(reader) }
        #expect(Writers.have(reader) == false)
        var pen: Pen? = Pen(path, O_APPEND)
        #expect(Writers.have(reader) == true)
        #expect(try FileContents(reading: path).isBeingWritten)
        withExtendedLifetime(pen) {}
        pen = nil
        #expect(Writers.have(reader) == false)
        #expect(try !FileContents(reading: path).isBeingWritten)
    }

    @Test func noticesTellWhoModifiedAFileAndDidNotCloseIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("file", "one")
        let notices = WriteNotices()
        #expect(!notices.isModified(path))
        var pen: Pen? = Pen(path, O_APPEND)
        #expect(!notices.isModified(path))
        pen?.write("two")
        #expect(notices.isModified(path))
        #expect(notices.isModified(path))
        pen = nil
        #expect(!notices.isModified(path))
        // What is asked about other files changes nothing, whether they have several names or none.
        for name in ["other", "file", "missing"] { #expect(!notices.isModified("\(folder.path)/x\(name)")) }
        let other = folder.write("other", "")
        link(other, "\(folder.path)/same")
        pen = Pen(path, O_APPEND)
        pen?.write("two")
        #expect(notices.isModified(path))
        #expect(!notices.isModified(other) && !notices.isModified("\(folder.path)/same"))
        #expect(notices.isModified(path))
        var second: Pen? = Pen(other, O_APPEND)
        second?.write("x")
        #expect(notices.isModified(other) && notices.isModified("\(folder.path)/same"))
        notices.keep([path, other])
        #expect(notices.isModified(path) && notices.isModified(other))
        second = nil
        #expect(notices.isModified(path) && !notices.isModified(other))
        // Another file in its place is not the one that was modified.
        pen = Pen(path, O_APPEND)
        pen?.write("three")
        #expect(notices.isModified(path))
        rename(folder.write("new", "four"), path)
        #expect(!notices.isModified(path))
        withExtendedLifetime(pen) {}
    }
}
