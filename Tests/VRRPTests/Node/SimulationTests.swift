import Testing
import VRRPSimulation

/// Random histories against what is promised; `vrrp-promises` tries many more of them.
struct SimulationTests {
    @Test func randomHistoriesKeepThePromises() {
        for seed in UInt64(1)...150 {
            let violations = ElectionHistory.run(seed: seed).violations
            #expect(violations.isEmpty, "seed \(seed)")
        }
    }
}
