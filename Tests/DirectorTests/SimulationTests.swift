import DirectorSimulation
import Glibc
import Testing

/// Random histories: what a director promises holds after every step, and the table converges when things calm down.
///
/// `DIRECTRIX_SEEDS=N` tries so many histories; `DIRECTRIX_SEED=N` repeats one and prints it. `make promises` tries ten
/// thousand of them.
struct SimulationTests {
    @Test func promisesAreKeptInRandomHistories() {
        if let seed = number(in: "DIRECTRIX_SEED") {
            let history = SimulatedHistory.run(seed: seed)
            for line in history.trace { print(line) }
            #expect(history.violations == [], "seed \(seed)")
            return
        }
        var failed: [UInt64] = []
        for seed in 1...max(1, number(in: "DIRECTRIX_SEEDS") ?? 100) {
            let history = SimulatedHistory.run(seed: seed)
            guard let first = history.violations.first else { continue }
            failed.append(seed)
            if failed.count <= 5 { Issue.record("DIRECTRIX_SEED=\(seed) repeats it: \(first)") }
        }
        #expect(failed == [])
    }

    private func number(in variable: String) -> UInt64? {
        getenv(variable).flatMap { UInt64(String(cString: $0)) }
    }
}
