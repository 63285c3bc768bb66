import Glibc
import VRRPSimulation

// Tries random histories of an election on all processors: `vrrp-promises [COUNT [FIRST]]`, ten thousand of them from seed 1 on
// unless said otherwise. It ends with status 1 where a promise was not kept, and prints the first such history made as small as
// it can be. One history alone is printed: `vrrp-promises 1 SEED`.

/// Runs the histories of seeds from one to another.
///
/// - Returns: the first promise that was not kept, for each seed whose history breaks one.
func violations(from first: UInt64, through last: UInt64) async -> [(seed: UInt64, text: String)] {
    let lanes = UInt64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    return await withTaskGroup(of: [(seed: UInt64, text: String)].self) { group in
        for lane in 0..<min(lanes, last - first + 1) {
            group.addTask {
                stride(from: first + lane, through: last, by: Int(lanes)).compactMap { seed in
                    ElectionHistory.run(seed: seed).violations.first.map { (seed, $0) }
                }
            }
        }
        var all: [(seed: UInt64, text: String)] = []
        for await some in group { all += some }
        return all.sorted { $0.seed < $1.seed }
    }
}

let numbers = CommandLine.arguments.dropFirst().compactMap { UInt32($0) }
guard numbers.count == CommandLine.arguments.count - 1, numbers.count <= 2, !numbers.contains(0) else {
    print("usage: vrrp-promises [COUNT [FIRST]]")
    exit(2)
}
let count = UInt64(numbers.first ?? 10_000)
let first = UInt64(numbers.dropFirst().first ?? 1)
let start = ContinuousClock.now
if count == 1 { ElectionHistory.run(seed: first, isTraced: true).trace.forEach { print($0) } }
let broken = await violations(from: first, through: first + count - 1)
for (seed, text) in broken.prefix(20) { print("seed \(seed): \(text)") }
if let seed = broken.first?.seed, count > 1 {
    let plan = ElectionHistory.shrunk(ElectionPlan(seed: seed))
    print("seed \(seed), as small as it can be:")
    ElectionHistory.run(plan, isTraced: true).trace.forEach { print($0) }
}
print("\(broken.count) of \(count) histories break a promise; \(ContinuousClock.now - start)")
exit(broken.isEmpty ? 0 : 1)
