import Glibc
import TestKit
import Testing

/// Random command lines through the distribution's ipvsadm and ours, each with a table of its own in the same kernel.
///
/// Standard output, standard error and status must be the same to the byte but for what `IntendedDifference` knows. With
/// `DIRECTRIX_SEED` and `DIRECTRIX_COUNT` in the environment it is another row of command lines, or a longer one:
/// `contrib/lab --env DIRECTRIX_SEED=7 --env DIRECTRIX_COUNT=5000 …`.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct RandomCommandLineTests {
    private static func number(_ variable: String) -> UInt64? {
        getenv(variable).flatMap { UInt64(String(cString: $0)) }
    }

    static let seeds: [UInt64] = number("DIRECTRIX_SEED").map { [$0] } ?? [1, 2, 3]
    static let count = number("DIRECTRIX_COUNT").map(Int.init(clamping:)) ?? 70

    @Test(arguments: seeds)
    func bothProgramsDoTheSame(seed: UInt64) throws {
        var lines = RandomCommandLines(seed: seed)
        let steps = (0..<Self.count).map { _ in lines.next() }
        let theirs = try answers(to: steps, folder: "/sbin")
        let ours = try answers(to: steps, folder: Lab.programs)
        try #require(theirs.count == steps.count && ours.count == steps.count, "seed \(seed)")

        var points: [String: Int] = [:]
        var equal = 0
        var unexplained = 0
        for (index, step) in steps.enumerated() {
            let comparison = IntendedDifference.Comparison(
                step: step,
                theirs: theirs[index],
                ours: ours[index],
                restoreStatus: index > 0 && steps[index - 1].input != nil ? ours[index - 1].status : nil
            )
            guard let keys = IntendedDifference.explanation(of: comparison) else {
                unexplained += 1
                // What follows a first difference is often its consequence.
                if unexplained <= 20 {
                    #expect(ours[index] == theirs[index], "seed \(seed), line \(index + 1): \(step)")
                }
                continue
            }
            if keys.isEmpty { equal += 1 }
            for key in keys { points[key, default: 0] += 1 }
        }
        let counted = points.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("seed \(seed): \(steps.count) command lines, \(equal) equal; \(counted); \(unexplained) unexplained")
        #expect(unexplained == 0, "seed \(seed)")
        #expect(equal * 10 > steps.count * 8, "seed \(seed): too much is put down to the manual page's list")
        // Were nearly all command lines wrong, or all right, little would be compared.
        #expect(theirs.count { $0.status == 0 } * 10 > steps.count * 3, "seed \(seed)")
        #expect(theirs.count { $0.status != 0 } * 10 > steps.count * 2, "seed \(seed)")
    }

    @Test
    func rulesBearTheNamesOfTheManualPage() throws {
        let keys = try ManualPage.keys()
        #expect(IntendedDifference.all.allSatisfy { keys.contains($0.key) })
    }

    @Test
    func everyOptionTurnsUp() {
        var lines = RandomCommandLines(seed: 1)
        let words = Set((0..<3000).flatMap { _ in lines.next().words })
        for option in RandomOption.all {
            #expect(words.contains("--\(option.name)"))
            if let letter = option.letter { #expect(words.contains("-\(letter)")) }
        }
    }

    /// What a program says to each line, in one new namespace.
    ///
    /// Starting a shell for each would take longer than the programs.
    private func answers(to steps: [CommandLineStep], folder: String) throws -> [Program] {
        try Namespace.fresh {
            var answers: [Program] = []
            for start in stride(from: 0, to: steps.count, by: 100) {
                // Each answer ends in a record separator, on standard output with the status after it.
                let script = steps[start..<min(start + 100, steps.count)]
                    .map { #"\#($0); printf '\036%d\036' $?; printf '\036' >&2"# }
                    .joined(separator: "\n")
                let shell = try Program.run(
                    "/bin/bash",
                    ["-c", script],
                    environment: ["PATH": "\(folder):/usr/sbin:/usr/bin:/sbin:/bin"]
                )
                let output = shell.output.split(separator: "\u{1e}", omittingEmptySubsequences: false)
                let errors = shell.errors.split(separator: "\u{1e}", omittingEmptySubsequences: false)
                for index in 0..<min(output.count / 2, errors.count) {
                    let status = Int32(output[2 * index + 1]) ?? -1
                    answers.append(
                        Program(status: status, output: String(output[2 * index]), errors: String(errors[index]))
                    )
                }
            }
            return answers
        }
    }
}
