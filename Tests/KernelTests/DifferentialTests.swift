import TestKit
import Testing

/// The same command lines through the distribution's ipvsadm and ours, in fresh namespaces of the same kernel.
///
/// Standard output, standard error and status must be the same to the byte, except where the scenario names one of
/// `Difference.all`; there they must differ, so that the list cannot outlive its reasons.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct DifferentialTests {
    @Test(arguments: try Scenario.all())
    func bothProgramsDoTheSame(scenario: Scenario) throws {
        let theirs = try play(scenario, folder: "/sbin")
        let ours = try play(scenario, folder: Lab.programs)
        for (step, (expected, found)) in zip(scenario.steps, zip(theirs, ours)) {
            let words = ([step.program] + step.arguments).joined(separator: " ")
            if let key = step.difference {
                #expect(found != expected, "\(step.place): \(words): no longer differs (\(key))")
            } else {
                #expect(found == expected, "\(step.place): \(words)")
            }
        }
    }

    private func play(_ scenario: Scenario, folder: String) throws -> [Program] {
        try Namespace.fresh {
            try scenario.steps.map { step in
                if step.program == "sh" {
                    let environment = [
                        "PATH": "\(folder):/usr/sbin:/usr/bin:/sbin:/bin",
                        "FIXTURES": SourceTree.path(Scenario.folder),
                    ]
                    return try Program.run(
                        "/bin/sh",
                        ["-c"] + step.arguments,
                        input: step.input,
                        environment: environment
                    )
                }
                // Debian's save and restore are scripts that call the ipvsadm of /sbin; ours is one program with three names.
                let path = folder == "/sbin" ? "\(folder)/\(step.program)" : "\(folder)/ipvsadm"
                return try Program.run(path, step.arguments, name: step.program, input: step.input)
            }
        }
    }
}
