import LabSupport
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

        /// Unloads ip_vs, for as long as the shell runs, and keeps the kernel from loading it by itself.
        ///
        /// Namespaces of earlier tests may still be on their way out, with services that need a scheduler.
        private static let unload = """
            usual=$(</proc/sys/kernel/modprobe)
            trap 'echo "$usual" >/proc/sys/kernel/modprobe; modprobe ip_vs' EXIT
            echo /nonexistent >/proc/sys/kernel/modprobe
            for namespace in /run/netns/*; do
                if [[ -e $namespace ]]; then ipvsadm --netns "${namespace##*/}" -C; fi
            done
            for ((attempt = 0; attempt < 100; attempt++)); do
                rmmod $(sed -n 's/^\\(ip_vs_[a-z_]*\\) .*/\\1/p' /proc/modules) ip_vs 2>/dev/null
                if [[ ! -e /sys/module/ip_vs ]]; then break; fi
                sleep 0.1
            done
            if [[ -e /sys/module/ip_vs ]]; then grep ip_vs /proc/modules; exit 99; fi

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
    }
}
