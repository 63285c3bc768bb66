import Glibc
import System
import Testing

@testable import CheckIO

struct SandboxTests {
    /// From `/proc/self/status` of a director below a unit with and without a sandbox.
    @Test(arguments: [
        ("Name:\tldirectord\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t5\n", true),
        ("NoNewPrivs:\t1\nSeccomp:\t0\n", true), ("NoNewPrivs:\t0\nSeccomp:\t2\n", true),
        ("NoNewPrivs:\t0\nSeccomp:\t0\nSeccomp_filters:\t0\n", false), ("", false),
    ])
    func sandboxIsKnownByItsSigns(status: String, confines: Bool) {
        #expect(Sandbox.confines(status: status) == confines)
    }

    @Test(
        arguments: [
            (ProgramOutcome.End.exited(1), "touch: cannot touch '/etc/x': Read-only file system", true),
            (.exited(1), "su: cannot set groups: Operation not permitted", true),
            (.exited(2), "sysctl: PERMISSION DENIED on key", true), (.exited(126), nil, true),
            (.signalled(31), nil, true),
            (.signalled(9), "kill: Operation not permitted", true), (.exited(1), "Connection refused", false),
            (.exited(1), nil, false), (.exited(127), nil, false), (.exited(0), "Permission denied", false),
        ] as [(ProgramOutcome.End, String?, Bool)]
    )
    func sandboxIsNamedWhereSomethingWasRefused(end: ProgramOutcome.End, words: String?, isNamed: Bool) {
        #expect((Sandbox.note(end, words, isHere: true) != nil) == isNamed)
        #expect(Sandbox.note(end, words, isHere: false) == nil)
    }

    @Test(arguments: [(EPERM, true), (EACCES, true), (EROFS, true), (ENOENT, false)])
    func sandboxIsNamedWhereAProgramWasRefused(number: Int32, isNamed: Bool) {
        #expect((Sandbox.note(refusal: number, isHere: true) != nil) == isNamed)
        #expect(Sandbox.note(refusal: number, isHere: false) == nil)
    }
}
