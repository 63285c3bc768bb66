import IPVS
import IPVSAdm
import Testing

/// `ipvsadm -R`.
struct RuleRunTests {
    @Test
    func badLinesAreAllReportedAndNothingIsApplied() {
        let kernel = RecordingKernel()
        let outcome = ExampleHost(kernel).run(
            "ipvsadm -R",
            input: """
                # a comment
                -A -t 10.0.0.1:80
                -A -t 10.0.0.1:81 -s rr -w
                -a -t 10.0.0.1:80 -r 10.1.0.2 -w x
                """
        )
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        #expect(lines.count == 6)
        #expect(lines[0].hasPrefix("<stdin>:3:25: missing argument"))
        #expect(lines[3].hasPrefix("<stdin>:4:34: illegal weight specified"))
        #expect(lines[4] == "    -a -t 10.0.0.1:80 -r 10.1.0.2 -w x")
        #expect(lines[5] == "                                     ^")
        #expect(kernel.applied.isEmpty)
    }

    @Test
    func theKernelsRefusalsNameTheirLinesAndTheRestIsApplied() {
        let host = ExampleHost()
        let outcome = host.run(
            "ipvsadm -R",
            input: """
                -A -t 10.0.0.1:80 -s rr
                -A -t 10.0.0.1:80 -s rr
                -a -t 10.0.0.1:80 -r 224.0.0.1 -m
                -a -t 10.0.0.1:80 -r 10.1.0.2 -m
                """
        )
        #expect(outcome.status == 255)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        #expect(lines.count == 6)
        #expect(lines[0] == "<stdin>:2:1: Service already exists")
        #expect(lines[1] == "    -A -t 10.0.0.1:80 -s rr")
        #expect(lines[2] == "    ^~~~~~~~~~~~~~~~~~~~~~~")
        #expect(lines[3].hasPrefix("<stdin>:3:1: Invalid operation.  Possibly wrong module version"))
        #expect(
            host.run("ipvsadm -Sn").output == "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 1\n"
        )
    }

    @Test
    func queriesSeeWhatStandsBeforeThem() {
        let outcome = ExampleHost().run(
            "ipvsadm -R",
            input: "-A -f 1 -s rr\n-S -n\n-A -f 2 -s rr\nipvsadm -Sn\n-L -t 1.2.3.4:5 --stats\n-C\n-Sn\n"
        )
        #expect(
            outcome
                == .init(
                    status: 255,
                    output: "-A -f 1 -s rr\n-A -f 1 -s rr\n-A -f 2 -s rr\n",
                    errors: "No such service\n"
                )
        )
    }

    @Test
    func changesGoToTheKernelInLargePieces() {
        let kernel = RecordingKernel()
        let rules = (1...10_000).map { "-A -f \($0) -s rr\n" }.joined()
        #expect(ExampleHost(kernel).run("ipvsadm -R", input: rules) == .init(status: 0))
        #expect(kernel.applied.map(\.changes.count) == [4096, 4096, 1808])
    }

    @Test
    func anEmptyInputChangesNothing() {
        let kernel = RecordingKernel()
        #expect(ExampleHost(kernel).run("ipvsadm -R", input: "\n  \n") == .init(status: 0))
        #expect(kernel.applied.isEmpty)
    }
}
