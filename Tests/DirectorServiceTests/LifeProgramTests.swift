import Dialogues
import Glibc
import IPVS
import System
import TestKit
import Testing

@testable import DirectorService

/// The programs that are run before a director begins and after it has ended.
@Suite(.waits)
struct LifeProgramTests {
    private let stage: Stage
    private var folder: TemporaryFolder { stage.folder }

    init() throws {
        stage = try Stage.keepalived()
    }

    /// Writes the file with these programs, each a script, and lines in the block for all.
    private func configure(start: String, stop: String, _ lines: String = "") {
        let programs = [folder.write("start", "#!/bin/sh\n\(start)\n"), folder.write("stop", "#!/bin/sh\n\(stop)\n")]
        let globals = "startup_script \(programs[0])\nshutdown_script \(programs[1])\nscript_user root\n\(lines)"
        folder.write("test.cf", stage.keepalivedText("global_defs {\n\(globals)\n}"))
    }

    @Test func theStartWaitsForOneAndTheEndForTheOther() throws {
        configure(
            start: "while [ ! -e \(folder.path)/gate ]; do sleep 0.01; done; echo start >> \(folder.path)/told",
            stop: "echo stop >> \(folder.path)/told"
        )
        stage.director.begin()
        try stage.turn("start program") { stage.log.contains("Running startup script \(folder.path)/start") }
        for _ in 0..<20 { try stage.director.turn(atMost: .milliseconds(10)) }
        #expect(stage.kernel.changes.isEmpty && !stage.director.life.isRunning)
        folder.write("gate", "")
        try stage.turn("ready") { stage.director.life.isReady }
        #expect(folder.text("told") == "start\n")
        try stage.stop()
        #expect(stage.director.life.phase == .ended(0))
        #expect(folder.text("told") == "start\nstop\n")
        #expect(stage.log.contains("Running shutdown script \(folder.path)/stop"))
        #expect(stage.kernel.services.isEmpty)
    }

    @Test func oneThatFailsOrDoesNotEndIsToldAndDecidesNothing() throws {
        configure(start: "exit 3", stop: "exec sleep 600", "shutdown_script_timeout 1")
        try stage.start()
        #expect(stage.log.contains("Script \(folder.path)/start failed: exit status 3"))
        try stage.stop()
        #expect(stage.director.life.phase == .ended(0))
        #expect(stage.log.contains("Script \(folder.path)/stop failed: not ended in time"))
    }

    @Test func aStopEndsTheFirst() throws {
        configure(
            start: "echo $$ > \(folder.path)/new; mv \(folder.path)/new \(folder.path)/process; exec sleep 600",
            stop: "echo stop >> \(folder.path)/told",
            "startup_script_timeout 600"
        )
        stage.director.begin()
        try stage.turn("start program") { folder.exists("process") }
        let process = try #require(pid_t(folder.text("process").dropLast()))
        try stage.stop()
        #expect(kill(process, 0) != 0)
        #expect(stage.director.life.phase == .ended(0))
        #expect(folder.text("told") == "stop\n")
        #expect(stage.kernel.changes.isEmpty)
    }

    @Test func aSecondSignalWaitsForNone() throws {
        configure(
            start: "exit 0",
            stop: "echo $$ > \(folder.path)/new; mv \(folder.path)/new \(folder.path)/process; exec sleep 600",
            "shutdown_script_timeout 600"
        )
        try stage.start()
        stage.director.handle(signal: SIGTERM)
        try stage.turn("stop program") { folder.exists("process") }
        #expect(!stage.hasEnded)
        stage.director.handle(signal: SIGTERM)
        #expect(stage.director.life.phase == .ended(0))
    }
}
