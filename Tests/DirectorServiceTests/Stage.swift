import Dialogues
import Glibc
import HealthChecks
import TestKit
import Testing
import Time

@testable import DirectorService
@testable import System

/// A director on a loop of the test's own, in a folder of its own, with a kernel in memory and servers on loopback.
final class Stage {
    let folder: TemporaryFolder
    let kernel = SharedKernel()
    let servers: [LoopbackServer]
    let loop: EventLoop
    let director: RunningDirector

    /// Makes a director whose file has these lines before and behind a virtual server, and within it.
    ///
    /// Without a word on it, servers are checked by connections every tenth of a second and are quiescent.
    init(
        servers count: Int = 2,
        globals: String = "",
        block: String = "",
        isKernelAway: Bool = false,
        adjust: (inout DaemonOptions, inout ServiceEnvironment, TemporaryFolder) -> Void = { _, _, _ in }
    ) throws {
        folder = try TemporaryFolder()
        servers = try (0..<count).map { _ in try LoopbackServer() }
        loop = try EventLoop()
        var options = DaemonOptions(configuration: "\(folder.path)/test.cf", instance: "test.cf")
        options.stateFolder = folder.path
        let kernel = kernel
        kernel.isAway = isKernelAway
        var environment = ServiceEnvironment(kernel: KernelSource { kernel })
        environment.hostName = "director.example"
        environment.userName = "operator"
        adjust(&options, &environment, folder)
        let box = Complaints()
        environment.complain = { box.lines.append($0) }
        self.box = box
        director = try RunningDirector(options, environment, loop: loop)
        folder.write("test.cf", text(globals: globals, block: block))
    }

    /// Waits for the programs that have ended: the library of the tests, which waits for any child of its process, goes
    /// no further at one that nobody waits for.
    deinit {
        let limit = EventLoop.clock + .seconds(20)
        while loop.starter.isBusy, EventLoop.clock < limit, (try? loop.runTurn(atMost: .milliseconds(10))) != nil {}
    }

    private final class Complaints {
        var lines: [String] = []
    }

    private let box: Complaints

    /// What was said of a start that failed.
    var complaint: String { box.lines.joined(separator: "\n") }

    /// The text of the file.
    func text(globals: String = "", block: String = "", servers ports: [UInt16]? = nil) -> String {
        var text = "checkinterval=0.1\nchecktimeout=2\nquiescent=yes\nlogfile=\"\(folder.path)/log\"\n\(globals)\n"
        text += "virtual=127.0.0.1:80\n    checktype=connect\n"
        for port in ports ?? servers.map(\.port) { text += "    real=127.0.0.1:\(port) masq 5\n" }
        for line in block.split(separator: "\n") { text += "    \(line)\n" }
        return text
    }

    /// The log with all that was noted so far.
    var log: String {
        director.log.settle()
        return folder.text("log")
    }

    var status: DaemonStatus? { DaemonStatus(folder.text("ldirectord.test.cf.status")) }

    /// The weight of a server of the stage in the kernel.
    func weight(_ index: Int) -> Int32? { kernel.weights[servers[index].port] }

    /// Turns the loop until something is so.
    func turn(
        _ what: Comment,
        within limit: Duration = .seconds(20),
        sourceLocation: SourceLocation = #_sourceLocation,
        until condition: () -> Bool
    ) throws {
        let end = EventLoop.clock + limit
        while !condition() {
            guard EventLoop.clock < end else {
                Issue.record("not in time: \(what)\n\(log)\n\(complaint)", sourceLocation: sourceLocation)
                throw Late()
            }
            try director.turn(atMost: .milliseconds(20))
        }
    }

    struct Late: Error {}

    /// Begins, and waits for the first full round of verdicts.
    func start() throws {
        director.begin()
        try turn("ready") { director.life.isReady }
    }

    /// Stops, and waits for the end.
    func stop() throws {
        director.handle(signal: SIGTERM)
        try turn("end") { hasEnded }
    }

    /// Whether the file is being loaded, or is about to be.
    var isLoading: Bool {
        switch director.life.phase {
        case .loading: true
        case .running(let work): work.load != .none
        case .preparing, .awaitingTable, .stopping, .lingering, .closing, .ended: false
        }
    }

    var hasEnded: Bool { if case .ended = director.life.phase { true } else { false } }
}
