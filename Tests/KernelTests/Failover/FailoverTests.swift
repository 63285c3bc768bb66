import Glibc
import Synchronization
import TestKit
import Testing

/// Virtual routers of ours with others of ours and with Debian's keepalived, on segments of the lab.
///
/// Most of the time they wait for one another, so that many segments stand side by side.
@Suite(.needsLab, .serialized, .waitsInLab)
struct FailoverTests {
    /// As many as do not keep one another waiting.
    private static let sideBySide = 3

    @Test func pairsGoOnWhateverHappens() throws {
        // One of them, by a part of its name, for whoever looks into it.
        let wanted = getenv("DIRECTRIX_SCENARIO").map { String(cString: $0) } ?? ""
        let waiting = Mutex(FailoverScenario.all.filter { wanted.isEmpty || $0.name.contains(wanted) })
        let failures = Mutex<[String]>([])
        let workers = try (0..<Self.sideBySide).map { _ in
            try BackgroundWork {
                while let scenario = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                    do {
                        try scenario.play(FailoverStage(hosts: scenario.hosts))
                    } catch {
                        failures.withLock { $0.append("\(scenario.name): \(error)") }
                    }
                }
            }
        }
        for worker in workers { try worker.finish() }
        for failure in failures.withLock({ $0 }) { Issue.record("\(failure)") }
    }

    /// Alone, for it leaves little of the processor to others.
    @Test func junkChangesNothing() throws {
        try FailoverScenario.flood.play(FailoverStage(hosts: FailoverScenario.flood.hosts, unheard: ["c"]))
    }
}
