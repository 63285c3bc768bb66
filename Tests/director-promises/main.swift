import DirectorSimulation
import TestKit

// Tries random histories of a director: `director-promises [COUNT [FIRST]]`. It ends with status 1 where a promise was not kept.
// One history alone is printed: `director-promises 1 SEED`.

let trial = PromiseTrial("director-promises") { SimulatedHistory.run(seed: $0).violations }
if trial.count == 1 { SimulatedHistory.run(seed: trial.first).trace.forEach { print($0) } }
await trial.run()
