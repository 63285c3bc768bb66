import TestKit
import Testing

/// Other users of the machine, who can take nothing from a director, and a director that is no root.
@Suite(.needsLab, .waitsInLab)
struct LocalUserTests {
    /// `director WORD` calls ours on one configuration; `other COMMAND &` runs as another user, and is what `$!` names.
    private static let preparation = """
        mount -t tmpfs -o mode=755 run /run
        mkdir sbin; ln -s "\(Lab.programs)/directrix" sbin/directrix; ln -s directrix sbin/ldirectord; chmod 755 .
        PATH=$PWD/sbin:$PATH; conf=$PWD/LOCAL.cf; pidfile=/run/ldirectord.LOCAL.cf.pid
        printf 'logfile="%s/log"\\nvirtual=10.9.0.1:80\\n\\treal=127.0.0.11:80 masq\\n\\tchecktype=on\\n' "$PWD" >"$conf"
        director() { ldirectord $conf "$@"; }
        other() { exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
        end() { director stop; rm -f /run/ldirectord.*; }

        """

    private func run(_ script: String) throws -> Program {
        try Namespace.fresh { try Shell().run(Self.preparation + script, isAlone: true) }
    }

    /// Whatever a user can open he may lock.
    @Test func locksOfOthersKeepNoDirectorFromStarting() throws {
        let run = try run(
            """
            director start; director stop
            echo 99999 >$pidfile; : >/run/ldirectord.0000000000000000.lock
            locked() { for file in /run/ldirectord.*; do other flock --no-fork --exclusive --nonblock $file sleep 30 & done; sleep 1; }
            locked 2>/dev/null
            director start; echo start $?; director status 2>/dev/null; echo status $?
            locked 2>/dev/null
            director restart; echo restart $?; director status 2>/dev/null; echo status $?
            stat -c '%a %U %n' /run/ldirectord.LOCAL.cf.* | sed "s#/run/##"
            end; kill $(jobs -pr)
            """
        )
        #expect(
            run.output == """
                start 0
                status 0
                restart 0
                status 0
                644 root ldirectord.LOCAL.cf.pid
                600 root ldirectord.LOCAL.cf.pid.lock
                600 root ldirectord.LOCAL.cf.status

                """,
            "\(run.errors)"
        )
    }

    /// A number that was left over is by now that of another user's process, which calls itself what it likes; that of a
    /// director for another file; that of another command of this program.
    @Test(arguments: [
        "other bash -c 'exec -a /usr/sbin/ldirectord sleep 60' & stranger=$!; sleep 0.5",
        "other bash -c 'exec -a perl perl -e \"sleep 60\" /usr/sbin/ldirectord LOCAL.cf start' & stranger=$!; sleep 0.5",
        "cp $conf another.cf; sed -i s/10.9.0.1/10.9.0.2/ another.cf; ldirectord $PWD/another.cf start; "
            + "stranger=$(cat /run/ldirectord.another.cf.pid)",
        "mkfifo fifo; directrix show fifo & stranger=$!; sleep 0.5",
    ])
    func aStrangerIsNoDirector(stranger: String) throws {
        let run = try run(
            """
            \(stranger); echo $stranger >$pidfile
            director status >&2; echo status $?
            director stop; echo stop $?; kill -0 $stranger && echo spared
            echo $stranger >$pidfile
            director start; echo start $?
            director status 2>/dev/null; echo status $?
            [ $(cat $pidfile) != $stranger ] && echo runs
            end; kill $stranger
            """
        )
        #expect(run.output == "status 1\nstop 0\nspared\nstart 0\nstatus 0\nruns\n", "\(run.errors)")
    }

    /// The two capabilities that a director needs, a folder for its files, and nothing else.
    @Test(arguments: ["RUNTIME_DIRECTORY=$PWD/run", "option"])
    func aDirectorNeedsNoRoot(way: String) throws {
        let option = way == "option" ? "--runtime-directory $PWD/run " : ""
        let setting = way == "option" ? "" : "env \(way) "
        let run = try run(
            """
            mkdir -m 755 run; chown 65534:65534 run; : >log; chown 65534 log
            as() { setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+net_admin,+net_raw \
                --ambient-caps=+net_admin,+net_raw --bounding-set=-all,+net_admin,+net_raw "$@"; }
            as \(setting)directrix run \(option)$conf; echo run $?
            as env RUNTIME_DIRECTORY=$PWD/run ldirectord $conf status 2>/dev/null; echo status $?
            RUNTIME_DIRECTORY=$PWD/run director status 2>/dev/null; echo "status of root" $?
            ipvsadm -Sn
            as env RUNTIME_DIRECTORY=$PWD/run ldirectord $conf stop; echo stop $?
            as directrix run $conf 2>&1 | sed "s#ldirectord.*lock#LOCK#"
            """
        )
        #expect(
            run.output == """
                run 0
                status 0
                status of root 0
                -A -t 10.9.0.1:80 -s wrr
                -a -t 10.9.0.1:80 -r 127.0.0.11:80 -m -w 1
                stop 0
                /var/run/LOCK: Permission denied; RUNTIME_DIRECTORY names another folder for it

                """,
            "\(run.errors)"
        )
    }

    /// A full disk is no reason to be without a director; once there is room its files are there.
    @Test(arguments: ["size=64k", "nr_inodes=8"])
    func aFullFolderForItsFilesCostsOnlyThese(limit: String) throws {
        let run = try run(
            """
            mkdir full; mount -t tmpfs -o \(limit) full full
            for i in 1 2 3 4 5 6 7 8; do cat /dev/zero >full/ballast$i; done 2>/dev/null
            RUNTIME_DIRECTORY=$PWD/full directrix run --foreground --pidfile $PWD/full/ldirectord.LOCAL.cf.pid $conf 2>said &
            for i in $(seq 100); do ipvsadm -Sn | grep -q '^-a' && break; sleep 0.1; done; ipvsadm -Sn
            grep -o 'No space left on device; the director runs without it' said | sort -u
            rm full/ballast*
            for i in $(seq 200); do [ -s full/ldirectord.LOCAL.cf.pid ] && break; sleep 0.1; done
            cat full/ldirectord.LOCAL.cf.pid | grep -qx $! && echo written
            kill $!; wait; umount full
            """
        )
        #expect(
            run.output == """
                -A -t 10.9.0.1:80 -s wrr
                -a -t 10.9.0.1:80 -r 127.0.0.11:80 -m -w 1
                No space left on device; the director runs without it
                written

                """,
            "\(run.errors)"
        )
    }
}
