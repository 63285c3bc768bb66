import Dialogues
import Glibc
import HealthChecks
import IPVS
import System
import TestKit
import Testing
import Time

@testable import DirectorService

@Suite(.waits)
struct LifeTests {
    @Test func serversEnterWhenTheyAreHealthyAndLeaveWhenTheyDie() throws {
        let stage = try Stage()
        try stage.start()
        #expect(stage.weight(0) == 5 && stage.weight(1) == 5)
        stage.servers[1].stop()
        try stage.turn("weight 0") { stage.weight(1) == 0 }
        #expect(stage.weight(0) == 5)
        try stage.servers[1].start()
        try stage.turn("back") { stage.weight(1) == 5 }
        try stage.turn("log") { stage.log.contains("Restored real server") }
        try stage.stop()
        #expect(stage.kernel.services.isEmpty)
        #expect(!stage.folder.exists("ldirectord.test.cf.status"))
    }

    @Test func theTableStaysWithoutCleanstop() throws {
        let stage = try Stage(globals: "cleanstop=no")
        try stage.start()
        try stage.stop()
        #expect(stage.weight(0) == 5)
    }

    @Test func aDirectorStopsAtOnceWhileACheckHangs() throws {
        // Nobody takes the connections, and checks last longer than a turn of the stage is waited for.
        let stage = try Stage(block: "checktype=negotiate\nservice=http\nnegotiatetimeout=600")
        stage.director.begin()
        try stage.turn("checks hang") { stage.director.checks.inFlightCount == 2 }
        try stage.stop()
        #expect(stage.director.life.phase == .ended(0))
    }

    @Test func aStopEndsTheProgramsOfChecks() throws {
        let (stage, process) = try stageWithStubbornProgram()
        try stage.stop()
        #expect(stage.director.life.phase == .ended(0))
        // It has been waited for.
        #expect(kill(process, 0) != 0)
        if kill(process, 0) == 0 { kill(-process, SIGKILL) }
    }

    @Test func aSecondSignalEndsTheProgramsOfChecksAtOnce() throws {
        let (stage, process) = try stageWithStubbornProgram()
        stage.director.handle(signal: SIGTERM)
        stage.director.handle(signal: SIGTERM)
        // In no turn of the loop, and nobody turns it any more.
        #expect(stage.director.life.phase == .ended(0))
        let limit = EventLoop.clock + .seconds(20)
        while waitpid(process, nil, WNOHANG) == 0, EventLoop.clock < limit { sched_yield() }
        #expect(kill(process, 0) != 0)
        if kill(process, 0) == 0 { kill(-process, SIGKILL) }
    }

    /// A director while the program of its only check runs, which ignores that it is told to end.
    private func stageWithStubbornProgram() throws -> (stage: Stage, process: pid_t) {
        let stage = try Stage(servers: 1)
        let folder = stage.folder
        let program = folder.write(
            "program",
            """
            #!/bin/sh
            trap '' TERM
            echo $$ > \(folder.path)/new
            mv \(folder.path)/new \(folder.path)/process
            while :; do sleep 60; done

            """
        )
        let block = "checktype=external\ncheckcommand=\"\(program)\"\nchecktimeout=60"
        folder.write("test.cf", stage.text(block: block))
        stage.director.begin()
        try stage.turn("the program runs") { folder.exists("process") }
        return (stage, try #require(pid_t(folder.text("process").dropLast())))
    }

    @Test func aStartWithErrorsEndsWithStatus2AndSaysAllOfThem() throws {
        let stage = try Stage(globals: "checkcount=0\nautoreload=perhaps")
        stage.director.begin()
        try stage.turn("end") { stage.hasEnded }
        #expect(stage.director.life.phase == .ended(2))
        #expect(stage.complaint.contains("test.cf:5:") && stage.complaint.contains("test.cf:6:"))
        #expect(stage.kernel.changes.isEmpty)
    }

    @Test func aStartWithoutAFileEndsWithStatus1() throws {
        let stage = try Stage { options, _, folder in options.configuration = "\(folder.path)/other.cf" }
        stage.director.begin()
        try stage.turn("end") { stage.hasEnded }
        #expect(stage.director.life.phase == .ended(1))
        #expect(stage.complaint.contains("other.cf"))
    }

    @Test func aStartWithoutIPVSEndsWithStatus1() throws {
        let stage = try Stage(isKernelAway: true)
        stage.director.begin()
        try stage.turn("end") { stage.hasEnded }
        #expect(stage.director.life.phase == .ended(1))
        #expect(stage.complaint.contains("no IPVS"))
    }

    @Test func aKernelThatGoesAwayIsWaitedForWhileChecksGoOn() throws {
        let stage = try Stage()
        try stage.start()
        stage.kernel.isAway = true
        stage.servers[0].stop()
        try stage.turn("said") { stage.log.contains("no IPVS") }
        stage.kernel.isAway = false
        try stage.turn("done all the same") { stage.weight(0) == 0 }
    }

    @Test func aStopBeforeTheTableIsThereEndsAtOnce() throws {
        let stage = try Stage()
        stage.director.begin()
        stage.director.handle(signal: SIGTERM)
        try stage.turn("end") { stage.hasEnded }
        #expect(stage.director.life.phase == .ended(0))
        #expect(stage.kernel.changes.isEmpty)
    }

    @Test func aReloadThatIsAskedForBeforeTheStartIsMadeAfterIt() throws {
        let stage = try Stage()
        stage.director.begin()
        stage.director.handle(signal: SIGHUP)
        try stage.turn("reloaded") { stage.status?.reloads == 1 }
        #expect(stage.status?.outcome == .loaded)
    }

    @Test func aDumpTellsWhatIsBelieved() throws {
        let stage = try Stage()
        try stage.start()
        stage.director.handle(signal: SIGUSR1)
        try stage.turn("dump") { stage.log.contains("checks: ") }
        #expect(stage.log.contains("2 of 2 up"))
    }
}
