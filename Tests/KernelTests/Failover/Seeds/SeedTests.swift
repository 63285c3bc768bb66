import Glibc
import Synchronization
import TestKit
import Testing

/// The cases of the seed documents with ours on both machines.
@Suite(.needsLab, .serialized, .waitsInLab)
struct SeedTests {
    /// As many as do not keep one another waiting.
    private static let sideBySide = 4

    @Test func theirFilesDoWhatTheyTell() throws {
        // One of them, by a part of its name, for whoever looks into it.
        let wanted = getenv("DIRECTRIX_SCENARIO").map { String(cString: $0) } ?? ""
        let waiting = Mutex(SeedScenario.all.filter { wanted.isEmpty || $0.name.contains(wanted) })
        let failures = Mutex<[String]>([])
        let workers = try (0..<Self.sideBySide).map { _ in
            try BackgroundWork {
                while let scenario = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                    do {
                        try scenario.play(SeedStage())
                    } catch {
                        failures.withLock { $0.append("\(scenario.name): \(error)") }
                    }
                }
            }
        }
        for worker in workers { try worker.finish() }
        for failure in failures.withLock({ $0 }) { Issue.record("\(failure)") }
    }
}
