import TestKit
import Testing

extension FaultTests {
    /// A kernel without the module ip_vs.
    ///
    /// It is taken out of the running kernel, which only the lab is for. There it disturbs no other test: the lab has
    /// one processor, so that one test runs at a time, and each makes its table itself.
    @Suite(.needsLab)
    struct ModuleFaultTests {
        /// Why the module cannot be loaded.
        struct Hindrance: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let preparation: String
            let explanation: String
        }

        static let hindrances = [
            Hindrance(
                testDescription: "modprobe fails",
                preparation: "mount --bind /bin/false /sbin/modprobe",
                explanation: "The module ip_vs is installed and not loaded: run modprobe ip_vs as root."
            ),
            Hindrance(
                testDescription: "no modules",
                preparation: "mount -t tmpfs tmpfs /lib/modules",
                explanation: "/lib/modules/RELEASE is not here; inside a container load ip_vs on the host: "
                    + "modprobe ip_vs."
            ),
            Hindrance(
                testDescription: "other modules",
                preparation: "mount -t tmpfs tmpfs /lib/modules; mkdir /lib/modules/$(uname -r); "
                    + "echo kernel/drivers/net/dummy.ko: >/lib/modules/$(uname -r)/modules.dep",
                explanation: "Kernel RELEASE has no module ip_vs in /lib/modules/RELEASE: "
                    + "install it or another kernel."
            ),
        ]

        private static let commands = [
            "ipvsadm -Ln", "ipvsadm -A -t 10.0.0.1:80", "ipvsadm -R </dev/null", "ipvsadm-save", "ipvsadm-save -o file",
            "ipvsadm-restore </dev/null",
        ]

        /// Unloads ip_vs for as long as the shell runs.
        private static let unload = """
            . "$OLDPWD/contrib/lab.d/module.sh"
            trap lab_restore_ipvs EXIT
            lab_unload_ipvs || exit 99

            """

        @Test(arguments: hindrances)
        func withoutTheModuleNothingIsDoneAndTheReasonIsGiven(hindrance: Hindrance) throws {
            try Namespace.fresh {
                let shell = try Shell()
                let runs = Self.commands.map { command in
                    let words = command.split(separator: " ", maxSplits: 1)
                    let explained = "\(words[0]) --explain \(words.dropFirst().first ?? "")"
                    return "for program in '\(command)' '\(explained)'; do eval \"$program\"; echo $?; done"
                }
                let script = "\(hindrance.preparation)\n\(runs.joined(separator: "\n"))"
                // Only the script is kept from loading it: what follows in the end is not.
                let run = try shell.run("\(Self.unload)unshare --mount bash", input: script)
                let release = try Program.run("/bin/uname", ["-r"]).output.filter { !$0.isNewline }
                let refusal = """
                    Can't initialize ipvs: Protocol not available
                    Are you sure that IP Virtual Server is built in the kernel or as module?
                    """.split(separator: "\n").map(String.init)
                let explanation = "  " + hindrance.explanation.split(separator: "RELEASE").joined(separator: release)
                #expect(run.status == 0)
                #expect(run.output == String(repeating: "2\n", count: 2 * Self.commands.count))
                // What modprobe says for itself stands before.
                let errors = run.errors.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("modprobe:") }
                #expect(errors == Self.commands.flatMap { _ in refusal + refusal + [explanation] })
                #expect(try shell.run("ls file").status != 0)
            }
        }

        @Test func theModuleIsLoadedWhenItIsNeeded() throws {
            try Namespace.fresh {
                let shell = try Shell()
                let run = try shell.run("\(Self.unload)ipvsadm --set 10 20 30 && ipvsadm -L --timeout")
                #expect(run == Program(status: 0, output: "Timeout (tcp tcpfin udp): 10 20 30\n"))
            }
        }

        /// The kernel may not load these two by itself: it can come to wait for itself (see `KernelModule`).
        @Test(arguments: ["-A", "-E"], ["lblc", "lblcr"])
        func theKernelIsNotLeftToLoadWhatItMustNot(command: String, scheduler: String) throws {
            try Namespace.fresh {
                let shell = try Shell()
                let script = """
                    \(Self.unload)/sbin/modprobe ip_vs
                    if [[ \(command) == -E ]]; then /sbin/modprobe ip_vs_rr && ipvsadm -A -f 1 -s rr; fi
                    ipvsadm \(command) -f 1 -s \(scheduler) && ipvsadm -Sn
                    """
                #expect(try shell.run(script) == Program(status: 0, output: "-A -f 1 -s \(scheduler)\n"))
            }
        }
    }
}
