import Glibc

/// The trial of random histories on all processors, as programs have it: `NAME [COUNT [FIRST]]`, ten thousand of them from seed 1 on
/// unless said otherwise.
package struct PromiseTrial: Sendable {
    /// The promises that the history of a seed breaks.
    private let violations: @Sendable (UInt64) -> [String]
    /// How many histories are tried.
    package let count: UInt64
    /// The first seed.
    package let first: UInt64

    /// Takes the words of the command line; ends the process with status 2 where they are none of it.
    package init(_ name: String, violations: @escaping @Sendable (UInt64) -> [String]) {
        self.violations = violations
        let words = CommandLine.arguments.dropFirst()
        let numbers = words.compactMap { UInt32($0) }
        guard numbers.count == words.count, numbers.count <= 2, !numbers.contains(0) else {
            print("usage: \(name) [COUNT [FIRST]]")
            exit(2)
        }
        count = UInt64(numbers.first ?? 10_000)
        first = UInt64(numbers.dropFirst().first ?? 1)
    }

    /// Runs the histories, and prints what they break; ends the process with status 1 where that is anything.
    ///
    /// - Parameter explain: prints more about the first history that breaks a promise.
    package func run(explain: (UInt64) -> Void = { _ in }) async -> Never {
        let start = ContinuousClock.now
        let broken = await broken()
        for (seed, text) in broken.prefix(20) { print("seed \(seed): \(text)") }
        if let seed = broken.first?.seed { explain(seed) }
        print("\(broken.count) of \(count) histories break a promise; \(ContinuousClock.now - start)")
        exit(broken.isEmpty ? 0 : 1)
    }

    /// The first promise that was not kept, for each seed whose history breaks one.
    private func broken() async -> [(seed: UInt64, text: String)] {
        let lanes = UInt64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        return await withTaskGroup(of: [(seed: UInt64, text: String)].self) { group in
            for lane in 0..<min(lanes, count) {
                group.addTask {
                    stride(from: first + lane, to: first + count, by: Int(lanes)).compactMap { seed in
                        violations(seed).first.map { (seed, $0) }
                    }
                }
            }
            var all: [(seed: UInt64, text: String)] = []
            for await some in group { all += some }
            return all.sorted { $0.seed < $1.seed }
        }
    }
}
