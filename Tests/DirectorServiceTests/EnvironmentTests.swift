import Addresses
import Dialogues
import Glibc
import IPVS
import TestKit
import Testing

@testable import DirectorService
@testable import System

/// What a director does beside the kernel: files, programs, logs.
@Suite(.waits)
struct EnvironmentTests {
    @Test func logLinesHaveTimeInstanceAndProcess() throws {
        let stage = try Stage()
        try stage.start()
        let line = try #require(stage.log.split(separator: "\n").first { $0.contains("Starting Directrix") })
        let shape = /\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\|test\.cf\|(\d+)\] Starting Directrix .*/
        #expect(try shape.wholeMatch(in: line)?.output.1 == "\(getpid())")
    }

    @Test func aLogWhoseFolderIsGoneCostsOnlyItsLines() throws {
        let stage = try Stage()
        let folder = stage.folder
        mkdir("\(folder.path)/logs", 0o755)
        folder.write("test.cf", stage.text().replacingLog(folder.path))
        try stage.start()
        try stage.turn("log") { folder.text("logs/log").contains("Added") }
        rename("\(folder.path)/logs", "\(folder.path)/old")
        stage.servers[0].stop()
        try stage.turn("down") { stage.weight(0) == 0 }
        // What is lost is known once somebody has tried to write it.
        #expect(stage.director.log.settle() != nil)
        mkdir("\(folder.path)/logs", 0o755)
        try stage.servers[0].start()
        try stage.turn("notice") { folder.text("logs/log").contains("log lines were lost") }
    }

    @Test func maintenanceTakesAServerOutWithoutAFailure() throws {
        let stage = try Stage()
        let folder = stage.folder
        mkdir("\(folder.path)/maintenance", 0o755)
        folder.write("test.cf", stage.text(globals: "maintenancedir=\(folder.path)/maintenance"))
        try stage.start()
        let name = "maintenance/127.0.0.1:\(stage.servers[0].port)"
        folder.write(name, "")
        try stage.turn("out") { stage.weight(0) == 0 }
        #expect(stage.weight(1) == 5)
        unlink("\(folder.path)/\(name)")
        try stage.turn("in") { stage.weight(0) == 5 }
    }

    @Test func maintenanceKnowsServersByTheNamesOfTheirAddresses() throws {
        let stage = try Stage()
        let folder = stage.folder
        mkdir("\(folder.path)/maintenance", 0o755)
        folder.write("test.cf", stage.text(globals: "maintenancedir=\(folder.path)/maintenance"))
        try stage.start()
        let name = try #require(SystemLookup.name(of: .v4(IPv4Address(value: 0x7f00_0001))))
        folder.write("maintenance/\(name):\(stage.servers[1].port)", "")
        try stage.turn("out") { stage.weight(1) == 0 }
        #expect(stage.weight(0) == 5)
    }

    @Test func aMonitorFileGetsALineForEachResult() throws {
        let stage = try Stage()
        let folder = stage.folder
        folder.write("test.cf", stage.text(block: "monitorfile=\"\(folder.path)/monitor\""))
        try stage.start()
        let port = stage.servers[0].port
        try stage.turn("lines") { folder.text("monitor").contains("127.0.0.1 \(port)") }
        let line = try #require(folder.text("monitor").split(separator: "\n").first)
        #expect(try /\[\w{3} \w{3} .*\] \[\d+\] connect .* \[up\] .*/.wholeMatch(in: line) != nil)
    }

    @Test func aMonitorFileThatCannotBeWrittenIsReportedOnce() throws {
        let stage = try Stage()
        let folder = stage.folder
        mkdir("\(folder.path)/monitors", 0o755)
        folder.write("test.cf", stage.text(block: "monitorfile=\"\(folder.path)/monitors/monitor\""))
        try stage.start()
        rename("\(folder.path)/monitors", "\(folder.path)/old")
        try stage.turn("reported") { stage.log.contains("Error writing to monitorfile") }
        mkdir("\(folder.path)/monitors", 0o755)
        try stage.turn("again") { stage.log.contains("is written again") }
        #expect(stage.log.split(separator: "\n").count { $0.contains("Error writing to monitorfile") } == 1)
    }

    @Test func theCommandOfAFallbackIsRunWithItsWordsAndAtTheStop() throws {
        let stage = try Stage(servers: 1)
        let folder = stage.folder
        let command = folder.write("command", "#!/bin/sh\necho \"$*\" >> \(folder.path)/words\n")
        folder.write("test.cf", stage.text(block: "fallbackcommand=\"\(command)\"\nfallback=127.0.0.1:9 gate"))
        try stage.start()
        stage.servers[0].stop()
        try stage.turn("start") { folder.text("words").hasSuffix("start 127.0.0.1:80 tcp\n") }
        try stage.stop()
        #expect(folder.text("words").hasSuffix("start 127.0.0.1:80 tcp\nstop 127.0.0.1:80 tcp\n"))
    }

    @Test func companionsAreStartedReloadedAndStoppedByTheirCommand() throws {
        let stage = try Stage { options, _, folder in
            options.companionCommand = ["\(folder.path)/ldirectord", "-x"]
        }
        let folder = stage.folder
        folder.write("ldirectord", "#!/bin/sh\necho \"$2 $3\" >> \(folder.path)/words\n[ \"$3\" != reload ]\n")
        folder.write("test.cf", stage.text(globals: "execute=one\nexecute=two"))
        try stage.start()
        try stage.turn("started") { folder.lines("words") == ["one start", "two start"] }
        unlink("\(folder.path)/words")
        folder.write("test.cf", stage.text(globals: "execute=two\nexecute=three"))
        stage.director.handle(signal: SIGHUP)
        // One that cannot be reloaded is started.
        try stage.turn("changed") {
            folder.lines("words") == ["one stop", "three start", "two reload", "two start"]
        }
        unlink("\(folder.path)/words")
        try stage.stop()
        #expect(folder.lines("words") == ["three stop", "two stop"])
    }

    @Test func supervisorsAreToldOfEachPhase() throws {
        let box = NotifySocket()
        let stage = try Stage { _, environment, folder in
            box.open(at: "\(folder.path)/notify")
            environment.notifier = Notifier(path: "\(folder.path)/notify", watchdogPeriod: .milliseconds(100))
        }
        try stage.start()
        try stage.turn("ready") { box.contains("READY=1") }
        try stage.turn("alive") { box.contains("WATCHDOG=1") }
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reloaded") { stage.status?.reloads == 1 }
        try stage.turn("ready again") { box.count("READY=1") == 2 }
        #expect(box.contains("RELOADING=1\nMONOTONIC_USEC="))
        try stage.stop()
        #expect(box.contains("STOPPING=1"))
    }
}

extension String {
    fileprivate func replacingLog(_ folder: String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("logfile=") ? "logfile=\"\(folder)/logs/log\"" : String($0) }
            .joined(separator: "\n")
    }
}

extension TemporaryFolder {
    /// The lines of a file in the order of the alphabet.
    fileprivate func lines(_ name: String) -> [String] {
        text(name).split(separator: "\n").map(String.init).sorted()
    }
}
