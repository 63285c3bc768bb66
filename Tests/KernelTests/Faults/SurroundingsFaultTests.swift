import TestKit
import Testing

extension FaultTests {
    /// Machines that lack something.
    struct SurroundingsFaultTests {
        private static let rule = "-A -t 10.0.0.1:80 -s rr\n"
        private static let commands = [
            "ipvsadm -Ln", "ipvsadm -Sn", "ipvsadm -L --json", "ipvsadm -C", "ipvsadm -A -t 10.0.0.2:80",
            "ipvsadm --set 1 2 3", "ipvsadm -R </dev/null", "ipvsadm-restore </dev/null",
            "ipvsadm-restore --plan </dev/null", "ipvsadm-save", "ipvsadm-save -o file",
        ]
        /// Ways to start a program that may not administer the network.
        private static let unprivileged = [
            "setpriv --bounding-set=-net_admin --inh-caps=-net_admin",
            "setpriv --reuid=65534 --regid=65534 --clear-groups",
        ]

        /// The two lines that ipvsadm has always had for a kernel that it cannot use.
        private static func refusal(_ reason: String) -> String {
            """
            Can't initialize ipvs: \(reason)
            Are you sure that IP Virtual Server is built in the kernel or as module?

            """
        }

        @Test(arguments: commands, unprivileged)
        func withoutPermissionNothingIsDoneAndTheReasonIsGiven(command: String, start: String) throws {
            let refusal = Self.refusal("Permission denied (you must be root)")
            let reason = "This needs the capability CAP_NET_ADMIN: run it as root, or give it to the container."
            try Namespace.fresh {
                let shell = try Shell()
                #expect(try shell.run("chmod 777 .; ipvsadm -R", input: Self.rule) == Program(status: 0))
                #expect(try shell.run("\(start) \(command)") == Program(status: 2, errors: refusal))
                let words = command.split(separator: " ", maxSplits: 1)
                let rest = words.dropFirst().first.map { " \($0)" } ?? ""
                let explained = try shell.run("\(start) \(words[0]) --explain\(rest)")
                #expect(explained == Program(status: 2, errors: refusal + "  \(reason)\n"))
                #expect(try shell.run("ipvsadm -Sn; ls file").output == Self.rule)
            }
        }

        @Test func helpNeedsNoPermission() throws {
            try Namespace.fresh {
                let shell = try Shell()
                for command in ["ipvsadm -h", "ipvsadm -v", "ipvsadm-save -h", "ipvsadm-restore -h"] {
                    let end = try shell.run("\(Self.unprivileged[1]) \(command)")
                    #expect(end.status == 0 && !end.output.isEmpty && end.errors.isEmpty)
                }
                let check = "\(Self.unprivileged[1]) ipvsadm-restore --check"
                #expect(try shell.run(check, input: Self.rule) == Program(status: 0))
            }
        }

        @Test(arguments: ["", " --json"])
        func withoutProcConnectionsCannotBeListedAndTheReasonIsGiven(option: String) throws {
            let refusal = "cannot open file /proc/net/ip_vs_conn\n"
            try Namespace.fresh {
                let shell = try Shell()
                let hidden = "mount -t tmpfs tmpfs /proc; "
                #expect(
                    try shell.run("\(hidden) ipvsadm -Lnc\(option)", isAlone: true)
                        == Program(status: 1, errors: refusal)
                )
                let reason = "  There is no such file, though IPVS is here: mount -t proc proc /proc.\n"
                #expect(
                    try shell.run("\(hidden) ipvsadm -Lnc --explain\(option)", isAlone: true)
                        == Program(status: 1, errors: refusal + reason)
                )
                let barred = """
                    mount -t tmpfs tmpfs /proc; mkdir -p /proc/thread-self/net; touch /proc/thread-self/net/ip_vs_conn
                    chown 65534 /proc/thread-self/net/ip_vs_conn; chmod 0 /proc/thread-self/net/ip_vs_conn
                    setpriv --bounding-set=-dac_override,-dac_read_search ipvsadm -Lnc --explain\(option)
                    """
                #expect(
                    try shell.run(barred, isAlone: true)
                        == Program(
                            status: 1,
                            errors: refusal + "  Permission denied; connections are shown in this file only.\n"
                        )
                )
            }
        }

        @Test func withoutProcEverythingElseWorks() throws {
            try Namespace.fresh {
                let shell = try Shell()
                let script = """
                    ipvsadm -v && ipvsadm -A -t 10.0.0.1:80 -s rr && ipvsadm -A -f 1 -6 -s rr && ipvsadm-save -n | tee rules
                    ipvsadm -Ln && ipvsadm -C && ipvsadm-restore <rules && ipvsadm -Sn
                    """
                let expected = try shell.run(script)
                #expect(expected.status == 0)
                #expect(try shell.run("ipvsadm -C; mount -t tmpfs tmpfs /proc; \(script)", isAlone: true) == expected)
            }
        }

        @Test func withoutProcAnExplanationSaysWhatCanBeFoundOut() throws {
            try Namespace.fresh {
                let shell = try Shell()
                let kernel = try Program.run("/bin/uname", ["-r"]).output.filter { !$0.isNewline }
                let add = "mount -t tmpfs tmpfs /proc; ipvsadm -A -t 10.0.0.1:80 -s nosuch --explain"
                let end = try shell.run(add, isAlone: true)
                #expect(end.status == 255)
                #expect(
                    end.errors.hasPrefix(
                        "Scheduler or persistence engine not found\n"
                            + "  Kernel \(kernel) has no scheduler nosuch: no module ip_vs_nosuch; "
                            + "schedulers that it has: dh "
                    )
                )
            }
        }
    }
}
