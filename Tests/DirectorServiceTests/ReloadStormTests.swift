import Addresses
import Dialogues
import Glibc
import IPVS
import TestKit
import Testing

@testable import DirectorService

/// Signals without end while the file and the servers change: what is in force at the end is what the last file says, and
/// nothing that stays is touched meanwhile.
@Suite(.waits)
struct ReloadStormTests {
    @Test func aStormOfSignalsIsBoundedAndEndsWithTheLastFile() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of the reloads: \(seed)")
        var random = SeededGenerator(seed: seed)
        let stage = try Stage(servers: 4)
        try stage.start()
        let ports = stage.servers.map(\.port)
        var wanted = Set(ports)
        let count = 300
        for number in 1...count {
            if Int.random(in: 0..<3, using: &random) == 0 {
                // The first server stays all the time.
                wanted = Set(ports.prefix(1) + ports.dropFirst().filter { _ in Bool.random(using: &random) })
                let isBroken = Int.random(in: 0..<5, using: &random) == 0
                stage.folder.write(
                    "draft",
                    stage.text(servers: ports.filter(wanted.contains)) + (isBroken ? "x=\n" : "")
                )
                rename("\(stage.folder.path)/draft", "\(stage.folder.path)/test.cf")
            }
            stage.director.handle(signal: Int.random(in: 0..<8, using: &random) == 0 ? SIGUSR1 : SIGHUP)
            if Bool.random(using: &random) { try stage.director.turn(atMost: .zero) }
            if number.isMultiple(of: 50) { try stage.turn("reading") { !stage.isLoading } }
        }
        let last = Array(ports.prefix(2))
        stage.folder.write("draft", stage.text(servers: last))
        rename("\(stage.folder.path)/draft", "\(stage.folder.path)/test.cf")
        stage.director.handle(signal: SIGHUP)
        try stage.turn("the last file, seed \(seed)") {
            !stage.isLoading && stage.kernel.weights == [last[0]: 5, last[1]: 5]
        }
        let status = try #require(stage.status)
        #expect((1...count + 1).contains(status.reloads), "seed \(seed)")
        let isServiceTouched = stage.kernel.changes.contains { change in
            switch change {
            case .deleteService, .editService: true
            case .deleteDestination(let endpoint, _): endpoint.port == ports[0]
            case .editDestination(let destination, _): destination.endpoint.port == ports[0] && destination.weight == 0
            default: false
            }
        }
        #expect(!isServiceTouched, "seed \(seed)")
        stage.servers[1].stop()
        try stage.turn("checks go on, seed \(seed)") { stage.weight(1) == 0 }
        try stage.stop()
    }
}
