import TestKit
import Testing

extension FaultTests {
    /// Answers that nobody takes.
    struct OutputFaultTests {
        /// A place to write to that fails, and how the program is heard to complain.
        struct Outlet: Sendable, CustomTestStringConvertible {
            let redirection: String
            let complaint: String?

            var testDescription: String { redirection }

            static let all = [
                Outlet(redirection: ">/dev/full", complaint: "No space left on device"),
                Outlet(redirection: ">&-", complaint: "Bad file descriptor"),
                // A named pipe whose only reader has closed it.
                Outlet(redirection: ">&4", complaint: nil),
            ]
        }

        static let commands = [
            "ipvsadm", "ipvsadm -L", "ipvsadm -Ln", "ipvsadm -Ln --stats", "ipvsadm -Lnc", "ipvsadm -L --timeout",
            "ipvsadm -L --json", "ipvsadm -S", "ipvsadm -Sn", "ipvsadm-save", "ipvsadm-save -n", "ipvsadm-save --all",
            "ipvsadm -h", "ipvsadm -v", "ipvsadm-save -h",
        ]

        private static func expectFailure(_ command: String, _ outlet: Outlet, table: String) throws {
            try Namespace.fresh {
                let shell = try Shell()
                #expect(try shell.run("ipvsadm-restore", input: table) == Program(status: 0))
                let pipe = "mkfifo pipe; exec 3<>pipe 4>pipe 3<&-"
                let program = command.prefix { $0 != " " }
                let complaint = outlet.complaint.map { "\(program): write error: \($0)\n" } ?? ""
                #expect(
                    try shell.run("\(pipe); \(command) \(outlet.redirection)") == Program(status: 1, errors: complaint)
                )
            }
        }

        @Test(arguments: commands, Outlet.all)
        func anAnswerThatIsLostIsAFailure(command: String, outlet: Outlet) throws {
            let table = "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 1\n"
            try Self.expectFailure(command, outlet, table: table)
        }

        @Test(arguments: ["ipvsadm -Ln", "ipvsadm -Sn", "ipvsadm -Ln --json", "ipvsadm-save -n"], Outlet.all)
        func aLongAnswerThatIsLostIsAFailure(command: String, outlet: Outlet) throws {
            try Self.expectFailure(command, outlet, table: ExampleDump(.first, services: 40, servers: 50).text)
        }

        @Test func complaintsThatNobodyHearsAreNotSentToTheKernel() throws {
            try Namespace.fresh {
                let shell = try Shell()
                #expect(try shell.run("ipvsadm -D -t 10.0.0.1:80 2>&-") == Program(status: 255))
                #expect(try shell.run("ipvsadm -D -t 10.0.0.1:80 <&- >&- 2>&-") == Program(status: 255))
                #expect(try shell.run("ipvsadm -A -t 10.0.0.1:80 <&- >&- 2>&-") == Program(status: 0))
            }
        }
    }
}
