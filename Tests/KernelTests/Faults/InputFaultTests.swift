import TestKit
import Testing

extension FaultTests {
    /// Rules that are none, and rules that cannot be read.
    struct InputFaultTests {
        /// Something to read, made by a shell.
        struct Source: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// What stands behind the program, with the input that it makes.
            let redirection: String
            /// The status of the program.
            let status: Int32
            /// What its complaint contains.
            let complaint: String

            init(_ description: String, _ redirection: String, _ status: Int32, _ complaint: String) {
                testDescription = description
                self.redirection = redirection
                self.status = status
                self.complaint = complaint
            }

            /// None of these may change the table.
            static let bad = [
                Source("closed", "<&-", 2, "read error: Bad file descriptor"),
                Source("a directory", "</", 2, "read error: Is a directory"),
                Source("a long line", "< <(head -c 65536 /dev/zero | tr '\\0' x)", 2, "<stdin>:1:1: "),
                Source(
                    "a long line behind a good one",
                    "< <(echo -A -t 10.9.9.9:80; echo; printf -- '-A -t %065536d:80' 0)",
                    2,
                    "<stdin>:3:1: line too long"
                ),
                Source("zeros", "< <(head -c 4096 /dev/zero)", 2, "<stdin>:1:1: "),
                Source("a zero in a rule", "< <(printf -- '-A -t 10.9.9.9:80\\0-s rr\\n')", 2, "<stdin>:1:7: "),
                Source(
                    "no UTF-8",
                    "< <(printf -- '-A -t 10.9.9.9:80 -s \\xff\\xc0\\x80\\n\\xfe\\n')",
                    2,
                    "<stdin>:2:1: "
                ),
                Source("noise", "< <(head -c 100000 /bin/true)", 2, "<stdin>:1:1: "),
                Source("no end of the last line", "< <(printf -- '-A -t 10.9.9.9:80\\n-A -t')", 2, "<stdin>:2:4: "),
            ]
        }

        @Test(arguments: ["ipvsadm -R", "ipvsadm-restore", "ipvsadm-restore --check"], Source.bad)
        func badInputChangesNothing(program: String, source: Source) throws {
            try Namespace.fresh {
                let shell = try Shell()
                let table = "-A -t 10.0.0.1:80 -s rr\n"
                #expect(try shell.run("ipvsadm -R", input: table) == Program(status: 0))
                let end = try shell.run("\(program) \(source.redirection)")
                #expect(end.status == source.status)
                #expect(end.output.isEmpty)
                #expect(end.errors.contains(source.complaint), "\(end.errors.prefix(400))")
                // What is wrong with one line is said in a few short ones.
                #expect(end.errors.split(separator: "\n").allSatisfy { $0.utf8.count < 1000 })
                #expect(try shell.run("ipvsadm -Sn").output == table)
            }
        }

        @Test(
            arguments: [
                ("ipvsadm -R", "-A -t 10.0.0.1:80 -s rr\n"), ("ipvsadm-restore", ""),
                ("ipvsadm-restore --check", "-A -t 10.0.0.1:80 -s rr\n"),
            ]
        )
        func emptyInputIsATableWithoutRules(program: String, left: String) throws {
            try Namespace.fresh {
                let shell = try Shell()
                #expect(try shell.run("ipvsadm -R", input: "-A -t 10.0.0.1:80 -s rr\n") == Program(status: 0))
                #expect(try shell.run("\(program) </dev/null") == Program(status: 0))
                #expect(try shell.run("ipvsadm -Sn").output == left)
            }
        }

        @Test(arguments: ["ipvsadm -R", "ipvsadm-restore"])
        func aLongCommentIsPassedOver(program: String) throws {
            try Namespace.fresh {
                let shell = try Shell()
                let rule = "-A -t 10.0.0.1:80 -s rr\n"
                let comment = "#" + String(repeating: "x", count: 65536) + "\n"
                #expect(try shell.run(program, input: comment + rule) == Program(status: 0))
                #expect(try shell.run("ipvsadm -Sn").output == rule)
            }
        }
    }
}
