import TestKit
import Testing

/// The names under which others look for a director: tools, monitoring, and the scripts of Debian's packages.
@Suite(.needsLab, .waitsInLab)
struct IdentityTests {
    /// A folder for a configuration and a log; the programs are called by their names, as a shell finds them.
    private static let preparation = """
        mkdir sbin conf; ln -s "$PROGRAMS/directrix" sbin/directrix; ln -s directrix sbin/ldirectord
        PATH=$PWD/sbin:$PATH; conf=$PWD/conf/IDENTITY.cf
        printf 'logfile="%s/log"\\nvirtual=10.9.0.1:80\\n\\treal=127.0.0.11:80 masq\\n\\tchecktype=on\\n' "$PWD" >"$conf"
        pid() { local n=0; until [ -s "$1" ] || [ $((n += 1)) -gt 200 ]; do sleep 0.1; done; cat "$1"; }
        stop() { kill "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; }

        """

    /// A way to start a director, with the shell's `$pid` for what it runs as.
    struct Start: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let command: String
        /// Whether its command line has `bin/ldirectord`.
        var hasPath = true

        static let all = [
            Start(
                testDescription: "by its name",
                command: "ldirectord $conf start; pid=$(pid /run/ldirectord.IDENTITY.cf.pid)"
            ),
            Start(
                testDescription: "by its path",
                command: "$PWD/sbin/ldirectord $conf start; pid=$(pid /run/ldirectord.IDENTITY.cf.pid)"
            ),
            Start(
                testDescription: "restart",
                command: "ldirectord $conf restart; pid=$(pid /run/ldirectord.IDENTITY.cf.pid)"
            ),
            Start(
                testDescription: "by the unit's words",
                command: "ldirectord --foreground $conf start & pid=$!; pid /run/ldirectord.IDENTITY.cf.pid >&2"
            ),
            Start(
                testDescription: "run in the foreground",
                command: "directrix run --foreground --pidfile own.pid $conf & pid=$!; pid own.pid >&2",
                hasPath: false
            ),
            Start(
                testDescription: "run in the background",
                command: "directrix run $conf; pid=$(pid /run/ldirectord.IDENTITY.cf.pid)",
                hasPath: false
            ),
        ]
    }

    @Test(arguments: Start.all)
    func toolsFindADirectorByTheNameOfOld(start: Start) throws {
        try Namespace.fresh {
            let shell = try Shell()
            let run = try shell.run(
                """
                PROGRAMS=\(Lab.programs)
                \(Self.preparation)
                \(start.command)
                echo "comm $(cat /proc/$pid/comm)"
                pgrep -x ldirectord | grep -qx $pid && echo pgrep
                ps -C ldirectord -o pid= | grep -qw $pid && echo ps
                tr '\\0' ' ' </proc/$pid/cmdline | grep -q 'bin/ldirectord ' && echo path
                killall -0 ldirectord && echo killall
                stop $pid
                """
            )
            let lines = ["comm ldirectord", "pgrep", "ps"] + (start.hasPath ? ["path"] : []) + ["killall"]
            #expect(run.output.split(separator: "\n").map(String.init) == lines, "\(run.errors)")
        }
    }

    /// The words of Debian's script for init, which knows nothing of ours.
    @Test func theScriptOfDebiansPackageRunsIt() throws {
        try Namespace.fresh {
            let shell = try Shell()
            let run = try shell.run(
                """
                PROGRAMS=\(Lab.programs)
                \(Self.preparation)
                cp /usr/sbin/ldirectord perl; mount --bind "$PROGRAMS/directrix" /usr/sbin/ldirectord
                echo "CONFIG_FILE=$conf" >default; mount --bind default /etc/default/ldirectord
                for word in status start status reload restart try-restart stop status; do
                    SYSTEMCTL_SKIP_REDIRECT=1 /etc/init.d/ldirectord $word >said 2>&1; echo "$word $?"
                done
                """,
                isAlone: true
            )
            let statuses = [
                "status 3", "start 0", "status 0", "reload 0", "restart 0", "try-restart 0", "stop 0", "status 3",
            ]
            #expect(run.output.split(separator: "\n").map(String.init) == statuses, "\(run.errors)")
        }
    }
}
