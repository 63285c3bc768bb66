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

    /// A router with one flaw breaks a promise within a thousand histories: promises that see nothing would be worth nothing.
    @Test(arguments: ReferenceRules.broken.indices)
    func aRouterWithAFlawIsCaught(flaw: Int) {
        let rules = ReferenceRules.broken[flaw]
        let caught = (UInt64(1)...1000).first { !ElectionHistory.run(seed: $0, rules: rules).violations.isEmpty }
        #expect(caught != nil)
    }

    /// The model without a flaw keeps them, so that it is the flaw that is seen.
    @Test func theModelWithoutAFlawKeepsThePromises() {
        for seed in UInt64(1)...200 {
            let violations = ElectionHistory.run(seed: seed, rules: ReferenceRules()).violations
            #expect(violations.isEmpty, "seed \(seed)")
        }
    }
}
