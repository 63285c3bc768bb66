import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

extension FaultTests {
    /// Restores that are killed, and restores that get into each other's way.
    struct RestoreFaultTests {
        private static let program = "\(Lab.programs)/ipvsadm"

        private static func start(_ dump: ExampleDump) throws -> StartedProgram {
            try StartedProgram(program, name: "ipvsadm-restore", input: dump.text)
        }

        /// The rules that the kernel has, by the word of a program that is not ours.
        private static func rules() throws -> [String] {
            try Program.run("/sbin/ipvsadm", ["-Sn"]).output.split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
        }

        /// Expects that an undisturbed restore gives exactly the table of the dump.
        private static func expectConvergence(to dump: ExampleDump, _ comment: Comment) throws {
            let restore = try start(dump).finish()
            #expect(restore == Program(status: 0), comment)
            #expect(try rules().sorted() == dump.lines.sorted(), comment)
        }

        @Test(arguments: [20_260_401])
        func aRestoreThatIsKilledAtAnyMomentIsCompletedByTheNext(seed: UInt64) throws {
            let services = 96
            let dumps = ExampleDump.Edition.allCases.map { ExampleDump($0, services: services, servers: 103) }
            #expect(dumps.map(\.lines.count) == [10_000, 10_000])
            try Namespace.fresh {
                var random = SeededGenerator(seed: seed)
                let kernel = try NetlinkKernel()
                let ends = [1, services].map(ExampleDump.key)
                func weights() throws -> [Int64] {
                    try ends.map { end in
                        try kernel.service(end).destinations.first.map { Int64($0.destination.weight) } ?? -1
                    }
                }
                try Self.expectConvergence(to: dumps[0], "undisturbed")
                var complete = [try weights()]
                let duration = try ContinuousClock().measure { _ = try Self.start(dumps[1]).finish() }
                complete.append(try weights())
                let microseconds = UInt32(duration / .microseconds(1))
                var interrupted = 0
                for round in 1...200 {
                    let wanted = round % 2
                    let restore = try Self.start(dumps[wanted])
                    usleep(.random(in: 0...microseconds, using: &random))
                    restore.kill()
                    let end = try restore.finish()
                    #expect(end.status == 128 + SIGKILL || end.status == 0, "round \(round): \(end)")
                    if complete.contains(try weights()) { continue }
                    interrupted += 1
                    let faults = ExampleDump.faults(of: try Self.rules(), between: dumps)
                    #expect(faults.isEmpty, "round \(round) left")
                    try Self.expectConvergence(to: dumps[interrupted % 2], "after round \(round)")
                }
                try Self.expectConvergence(to: dumps[0], "at the end")
                print("seed \(seed): killed within \(duration); \(interrupted) of 200 had begun to write and not ended")
                #expect(interrupted > 0)
            }
        }

        @Test(arguments: 1...8)
        func twoRestoresOfOneDumpBothSucceed(round: Int) throws {
            let dumps = ExampleDump.Edition.allCases.map { ExampleDump($0, services: 40, servers: 24) }
            try Namespace.fresh {
                try Self.expectConvergence(to: dumps[1], "before")
                let restores = try [Self.start(dumps[0]), Self.start(dumps[0])]
                for restore in restores { #expect(try restore.finish() == Program(status: 0)) }
                #expect(try Self.rules().sorted() == dumps[0].lines.sorted())
            }
        }

        @Test(arguments: 1...8)
        func twoRestoresOfDifferentDumpsLeaveAValidTableAndSayWhatFailed(round: Int) throws {
            let dumps = ExampleDump.Edition.allCases.map { ExampleDump($0, services: 40, servers: 24) }
            try Namespace.fresh {
                try Self.expectConvergence(to: dumps[round % 2], "before")
                let restores = try dumps.map(Self.start)
                for restore in restores {
                    let end = try restore.finish()
                    #expect(end.status == 0 || end.status == 255)
                    #expect(end.errors.isEmpty == (end.status == 0))
                }
                #expect(ExampleDump.faults(of: try Self.rules(), between: dumps).isEmpty)
                for dump in dumps { try Self.expectConvergence(to: dump, "after") }
            }
        }
    }
}
