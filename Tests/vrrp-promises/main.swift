import TestKit
import VRRPSimulation

// Tries random histories of an election: `vrrp-promises [COUNT [FIRST]]`. It ends with status 1 where a promise was not kept, and
// prints the first such history made as small as it can be. One history alone is printed: `vrrp-promises 1 SEED`.

let trial = PromiseTrial("vrrp-promises") { ElectionHistory.run(seed: $0).violations }
if trial.count == 1 { ElectionHistory.run(seed: trial.first, isTraced: true).trace.forEach { print($0) } }
await trial.run { seed in
    guard trial.count > 1 else { return }
    print("seed \(seed), as small as it can be:")
    ElectionHistory.run(ElectionHistory.shrunk(ElectionPlan(seed: seed)), isTraced: true).trace.forEach { print($0) }
}
