import TestKit
import Testing

/// The script of `ipvsadm.service` with the files of Debian's and Red Hat's packages, and Debian's own script with our
/// program.
@Suite(.needsLab, .waitsInLab)
struct BootScriptTests {
    /// Runs a script of the shell in which `/etc` is a copy that can be changed; `boot WORD` calls the script.
    private func run(_ script: String, original: Bool = false) throws -> Program {
        try Namespace.fresh {
            let shell = try Shell()
            return try shell.run(
                """
                set -e
                ip link set lo up; ip link add eth0 type dummy; ip addr add 10.0.0.1/24 dev eth0; ip link set eth0 up
                mkdir upper work; mount -t tmpfs -o size=8m layer upper; mkdir upper/etc upper/work
                mount -t overlay layer -o lowerdir=/etc,upperdir=upper/etc,workdir=upper/work /etc
                rm -f /etc/ipvsadm.rules /etc/default/ipvsadm
                boot() { IPVSADM=$PWD/ipvsadm \(SourceTree.path("contrib/systemd/ipvsadm-service")) "$@"; }
                debian() { SYSTEMCTL_SKIP_REDIRECT=1 /etc/init.d/ipvsadm "$@"; }
                rules() { printf -- '-A -t 10.0.0.1:80 -s rr\\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -g -w 3\\n'; }
                show() { ipvsadm -Sn; ipvsadm -L --daemon; }
                \(original ? "mount --bind ipvsadm /sbin/ipvsadm" : ":")
                \(script)
                """,
                isAlone: true
            )
        }
    }

    private static let table = "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -g -w 3\n"

    /// What stands in the files, the words for the script, and what is then in the kernel.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: String
        var words = "boot start"
        let outcome: String

        static let all = [
            Case(
                testDescription: "Debian, asked for",
                files: "rules >/etc/ipvsadm.rules; echo 'AUTO=\"true\"' >/etc/default/ipvsadm",
                outcome: table
            ),
            Case(
                testDescription: "Debian, not asked for",
                files: "rules >/etc/ipvsadm.rules; echo 'AUTO=\"false\"' >/etc/default/ipvsadm",
                outcome: ""
            ),
            Case(testDescription: "no settings", files: "rules >/etc/ipvsadm.rules", outcome: table),
            Case(testDescription: "no rules", files: "echo 'AUTO=true' >/etc/default/ipvsadm", outcome: ""),
            Case(
                testDescription: "Red Hat",
                files: "mkdir -p /etc/sysconfig; rules >/etc/sysconfig/ipvsadm",
                outcome: table
            ),
            Case(
                testDescription: "rules elsewhere",
                files: "rules >$PWD/r; printf 'AUTO=true\\nIPVSADM_RULES=%s\\n' $PWD/r >/etc/default/ipvsadm",
                outcome: table
            ),
            Case(
                testDescription: "a daemon alone",
                files:
                    "printf 'AUTO=false\\nDAEMON=master\\nIFACE=\"eth0\"\\t\\nSYNCID=\"7\"\\n' >/etc/default/ipvsadm",
                outcome: "master sync daemon (mcast=eth0, syncid=7, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)\n"
            ),
            Case(
                testDescription: "both daemons, one of which runs otherwise",
                files: "printf 'AUTO=true\\nDAEMON=both\\n' >/etc/default/ipvsadm; rules >/etc/ipvsadm.rules; "
                    + "ipvsadm --start-daemon master --mcast-interface lo --syncid 9",
                words: "boot start; boot reload",
                outcome: table
                    + "master sync daemon (mcast=eth0, syncid=0, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)\n"
                    + "backup sync daemon (mcast=eth0, syncid=0, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)\n"
            ),
            Case(
                testDescription: "what differs from the table",
                files: "rules >/etc/ipvsadm.rules; ipvsadm -A -u 10.0.0.9:53; rules | ipvsadm -R",
                outcome: table
            ),
            Case(
                testDescription: "stopped",
                files: "rules >/etc/ipvsadm.rules; printf 'AUTO=true\\nDAEMON=both\\n' >/etc/default/ipvsadm",
                words: "boot start; boot stop",
                outcome: ""
            ),
            Case(
                testDescription: "stopped, of which nothing was restored",
                files: "ipvsadm -A -u 10.0.0.9:53; printf 'AUTO=false\\nDAEMON=backup\\n' >/etc/default/ipvsadm",
                words: "boot start; boot stop",
                outcome: "-A -u 10.0.0.9:53 -s wlc\n"
            ),
        ]
    }

    @Test(arguments: Case.all)
    func theTableIsWhatTheFilesSay(example: Case) throws {
        let run = try run("\(example.files)\n{ \(example.words); } >&2\nshow")
        #expect(run.output == example.outcome, "\(run.errors)")
        #expect(run.status == 0, "\(run.errors)")
    }

    /// Whether a stop saves is said by the variable of Red Hat's file or by the same in Debian's.
    @Test(arguments: [
        ("echo SAVE_ON_STOP=yes >/etc/default/ipvsadm", "/etc/ipvsadm.rules", true),
        ("echo 'SAVE_ON_STOP=\"no\"' >/etc/default/ipvsadm", "/etc/ipvsadm.rules", false),
        (
            "mkdir -p /etc/sysconfig; echo 'IPVS_SAVE_ON_STOP=\"yes\"' >/etc/sysconfig/ipvsadm-config",
            "/etc/sysconfig/ipvsadm", true
        ),
        ("mkdir -p /etc/sysconfig; : >/etc/sysconfig/ipvsadm-config", "/etc/sysconfig/ipvsadm", false),
    ])
    func aStopSavesWhereAFileAsksForIt(files: String, rules: String, saves: Bool) throws {
        let run = try run("\(files)\necho '# old' >\(rules); rules | ipvsadm -R; boot stop >&2; cat \(rules)")
        #expect(run.output == (saves ? Self.table : "# old\n"), "\(run.errors)")
        #expect(run.status == 0)
    }

    /// A line that is no rule changes nothing, and the service has failed.
    @Test func rulesWithErrorsChangeNothing() throws {
        let run = try run(
            "{ rules; echo '-A -t nonsense/8'; } >/etc/ipvsadm.rules; ipvsadm -A -f 1; boot start || echo $?; show"
        )
        #expect(run.output == "1\n-A -f 1 -s wlc\n")
        #expect(run.errors.contains("<stdin>:3:7: illegal virtual server address[:port] specified"))
    }

    @Test func theScriptOfDebiansPackageRunsOurProgram() throws {
        let run = try run(
            """
            rules >/etc/ipvsadm.rules
            printf 'AUTO=true\\nDAEMON=master\\nIFACE=eth0\\n' >/etc/default/ipvsadm
            for word in start restart reload load save stop; do debian $word >&2; echo $word $?; show; done
            cat /etc/ipvsadm.rules
            """,
            original: true
        )
        let daemon = "master sync daemon (mcast=eth0, syncid=0, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)\n"
        let running = ["start", "restart", "reload", "load", "save"].map { "\($0) 0\n\(Self.table)\(daemon)" }.joined()
        #expect(run.output == "\(running)stop 0\n# ipvsadm.rules\n\(Self.table)", "\(run.errors)")
    }
}
