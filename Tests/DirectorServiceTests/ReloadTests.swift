import Dialogues
import Glibc
import IPVS
import TestKit
import Testing

@testable import DirectorService

@Suite(.waits)
struct ReloadTests {
    @Test func aReloadLosesNothingAndCommandsNothingThatStays() throws {
        let stage = try Stage(servers: 3)
        stage.folder.write("test.cf", stage.text(servers: [stage.servers[0].port, stage.servers[1].port]))
        try stage.start()
        let before = stage.kernel.changes.count
        stage.folder.write("test.cf", stage.text(servers: stage.servers.map(\.port)))
        stage.director.handle(signal: SIGHUP)
        try stage.turn("third server") { stage.weight(2) == 5 }
        let port0 = stage.servers[0].port
        let touched = stage.kernel.changes.dropFirst(before).contains { "\($0)".contains("\(port0)") }
        #expect(!touched)
        // It is written by a thread of its own.
        try stage.turn("status") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .loaded)
    }

    @Test func aBadFileChangesNothingAndChecksGoOn() throws {
        let stage = try Stage()
        try stage.start()
        stage.folder.write("test.cf", stage.text() + "nonsense=1\n")
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .failed)
        #expect(stage.status?.messages.contains { $0.contains("test.cf:") } == true)
        try stage.turn("log") { stage.log.contains("is not loaded; what was in force stays in force") }
        #expect(stage.log.contains("] reading file \(stage.folder.path)/test.cf at line 10: "))
        stage.servers[0].stop()
        try stage.turn("still directing") { stage.weight(0) == 0 }
        stage.folder.write("test.cf", stage.text())
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 2 }
        #expect(stage.status?.outcome == .loaded)
        #expect(stage.status?.phase == .running)
    }

    @Test(arguments: ["edit", "rename", "symbolic link", "link to a folder"])
    func aChangedFileIsReadAgainHoweverItChanged(_ way: String) throws {
        let stage = try Stage(servers: 2)
        let folder = stage.folder
        let old = stage.text(globals: "autoreload=yes", servers: [stage.servers[0].port])
        let new = stage.text(globals: "autoreload=yes", servers: stage.servers.map(\.port))
        func put(_ text: String, generation: Int) {
            switch way {
            case "edit": folder.write("test.cf", text)
            case "rename":
                folder.write("draft", text)
                rename("\(folder.path)/draft", "\(folder.path)/test.cf")
            case "symbolic link":
                folder.write("file.\(generation)", text)
                symlink("file.\(generation)", "\(folder.path)/draft")
                rename("\(folder.path)/draft", "\(folder.path)/test.cf")
            default:
                mkdir("\(folder.path)/folder.\(generation)", 0o755)
                folder.write("folder.\(generation)/test.cf", text)
                symlink("folder.\(generation)", "\(folder.path)/draft")
                rename("\(folder.path)/draft", "\(folder.path)/data")
                if generation == 0 {
                    symlink("data/test.cf", "\(folder.path)/draft")
                    rename("\(folder.path)/draft", "\(folder.path)/test.cf")
                }
            }
        }
        put(old, generation: 0)
        try stage.start()
        #expect(stage.weight(1) == nil)
        put(new, generation: 1)
        try stage.turn("read again") { stage.weight(1) == 5 }
        #expect(stage.log.contains("Configuration file '\(folder.path)/test.cf' has changed on disk"))
        #expect(stage.log.contains(" - reread new configuration"))
    }

    @Test func anEditBeforeTheFirstLookIsNoticed() throws {
        let stage = try Stage(servers: 2)
        stage.folder.write("test.cf", stage.text(globals: "autoreload=yes", servers: [stage.servers[0].port]))
        stage.director.begin()
        try stage.turn("read") { stage.director.life.followsFile }
        stage.folder.write("test.cf", stage.text(globals: "autoreload=yes"))
        try stage.turn("read again") { stage.weight(1) == 5 }
    }

    @Test func withoutAutoreloadAChangeIsReportedAndTheCallbackRun() throws {
        let stage = try Stage()
        let folder = stage.folder
        let callback = folder.write("callback", "#!/bin/sh\necho \"$1\" > \(folder.path)/called\n")
        folder.write("test.cf", stage.text(globals: "callback=\"\(callback)\""))
        try stage.start()
        folder.write("test.cf", stage.text(globals: "# changed\ncallback=\"\(callback)\""))
        try stage.turn("callback") { folder.text("called") == "\(folder.path)/test.cf\n" }
        #expect(stage.log.contains(" - ignore new configuration"))
        #expect(stage.status?.reloads == 0)
    }

    @Test func anEmptyFileChangesNothing() throws {
        let stage = try Stage()
        try stage.start()
        stage.folder.write("test.cf", "")
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .failed)
        #expect(stage.status?.messages.first?.contains("the file is empty") == true)
        #expect(stage.weight(0) == 5)
        stage.folder.write("test.cf", "# nothing, and meant so\n")
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 2 }
        #expect(stage.status?.outcome == .loaded)
    }

    @Test func aPipeInThePlaceOfTheFileStopsNothing() throws {
        let stage = try Stage(servers: 1)
        stage.folder.write("test.cf", stage.text(globals: "autoreload=yes"))
        try stage.start()
        mkfifo("\(stage.folder.path)/draft", 0o600)
        rename("\(stage.folder.path)/draft", "\(stage.folder.path)/test.cf")
        try stage.turn("gone") { stage.log.contains("can not open file") }
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reload") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .failed)
        stage.servers[0].stop()
        try stage.turn("still directing") { stage.weight(0) == 0 }
    }

    @Test func aFileThatIsGoneIsReportedOnceAndReadWhenItIsBack() throws {
        let stage = try Stage(globals: "autoreload=yes")
        try stage.start()
        rename("\(stage.folder.path)/test.cf", "\(stage.folder.path)/away")
        try stage.turn("gone") { stage.log.contains("can not open file") }
        stage.folder.write("test.cf", stage.text(globals: "autoreload=yes\nfailurecount=2"))
        try stage.turn("back") { stage.status?.reloads == 1 }
    }

    @Test func whatARefusedFileIncludesIsFollowed() throws {
        let stage = try Stage.keepalived()
        stage.folder.write("test.cf", stage.keepalivedText())
        try stage.start()
        let part = stage.folder.write("part", "nonsense {\n")
        chmod(part, 0o644)
        stage.folder.write("test.cf", stage.keepalivedText("include part"))
        stage.director.handle(signal: SIGHUP)
        try stage.turn("refusal") { stage.log.contains("New config failed validation") }
        let word = "has changed; it is not read again"
        let before = stage.log.count(of: word)
        stage.folder.write("part", "# mended\n")
        try stage.turn("word on it") { stage.log.count(of: word) > before }
    }

    @Test func aStopDuringAReloadLeavesNoMark() throws {
        let stage = try Stage.keepalived()
        let text = stage.keepalivedText("global_defs { reload_file \(stage.folder.path)/mark\n }")
        stage.folder.write("test.cf", text)
        try stage.start()
        #expect(!stage.folder.exists("mark"))
        // A reload waits for whoever is writing the file.
        let pen = Pen("\(stage.folder.path)/test.cf", O_APPEND)
        stage.director.handle(signal: SIGHUP)
        try stage.turn("mark") { stage.folder.exists("mark") }
        try stage.stop()
        #expect(!stage.folder.exists("mark"))
        withExtendedLifetime(pen) {}
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
