import TestKit
import Testing

/// The unit of keepalived, started by a systemd of its own: what programs may do below it, and the files that it has.
@Suite(.needsLab, .serialized, .waitsInLab)
struct KeepalivedUnitTests {
    /// What the program of a check does, as whom it runs, and whether it may.
    private static let actions: [(action: String, user: String, isAllowed: Bool)] = [
        ("test $(id -un) = nobody", "nobody", true), ("echo x > /var/lib/directrix/x", "root", true),
        ("echo x > /var/lib/x", "root", false),
        // One that has to be ended as somebody else.
        ("sleep 3", "nobody", false),
    ]

    /// Boots systemd in namespaces of its own until every check is made; prints the lines of the FIFO, the PID files and
    /// the table, before and after the end.
    private static let script = """
        set -u
        tree=$1 programs=$2 folder=$3
        mount -t tmpfs run /run && mkdir -p /run/systemd/system && mount -t tmpfs log /var/log
        mkdir -p /etc/keepalived && mount -t tmpfs ka /etc/keepalived && mount -t tmpfs lib /var/lib
        mountpoint -q /sys/fs/cgroup || mount -t cgroup2 cgroup2 /sys/fs/cgroup
        mkdir "$folder/sbin" && ln -s "$programs/directrix" "$folder/sbin/keepalived"
        mkdir /run/etc && printf 'DAEMON_ARGS="-l -G"\\n' >/run/etc/keepalived
        sed "s#/usr/sbin/#$folder/sbin/#; s#/etc/default/#/run/etc/#; /^Wants=/d; /^After=/d" \\
            "$tree/contrib/systemd/directrix-keepalived.service" |
            sed 's/^Description=.*/&\\nDefaultDependencies=no/' >/run/systemd/system/directrix-keepalived.service
        printf '[Unit]\\nDefaultDependencies=no\\nWants=directrix-keepalived.service\\n' >/run/systemd/system/lab.target
        mkfifo /run/lines
        cat <>/run/lines >"$folder/lines" &
        reader=$!
        cp "$folder/keepalived.conf" /etc/keepalived/
        unshare --fork --kill-child --pid --mount --mount-proc env container=lab \\
            /lib/systemd/systemd --system --unit=lab.target >"$folder/systemd" 2>&1 &
        manager=$!
        for _ in $(seq 120); do
            sleep 0.5
            grep -q 'VS .* UP' "$folder/lines" && [ $(grep -c DOWN "$folder/lines") -ge 2 ] && break
        done
        cat "$folder/lines"
        test -s /run/keepalived.pid && test -s /run/checkers.pid && echo pid files
        "$programs/ipvsadm" -Sn
        kill -KILL $manager
        wait $manager
        kill $reader
        """

    @Test func programsRunAsTheirUsersAndInTheSandbox() throws {
        let folder = try TemporaryFolder()
        var text = "global_defs {\n    lvs_notify_fifo /run/lines\n    script_user root\n}\n"
        text +=
            "virtual_server 10.9.0.100 80 {\n    lb_algo wlc\n    lb_kind NAT\n    protocol TCP\n    delay_loop 60\n"
        for (number, action) in Self.actions.enumerated() {
            text += """
                    real_server 127.0.0.11 \(number + 1) {
                        MISC_CHECK {
                            misc_path "/bin/sh -c '\(action.action)'"
                            misc_timeout \(action.action == "sleep 3" ? 1 : 20)
                            user \(action.user)
                        }
                    }

                """
        }
        text += "}\n"
        _ = try Program.run("/bin/sh", ["-c", "cat >\(folder.path)/keepalived.conf"], input: text)
        let words = [
            "--mount", "/bin/bash", "-c", Self.script, "test", SourceTree.path(""), Lab.programs, folder.path,
        ]
        let end = try Namespace.fresh {
            _ = try Program.run("ip", ["address", "add", "10.9.0.100/32", "dev", "lo"])
            return try Program.run("/usr/bin/unshare", words)
        }
        let output = end.output.split(separator: "\n")
        for (number, action) in Self.actions.enumerated() {
            let isUp = output.contains { $0.hasSuffix(" -r 127.0.0.11:\(number + 1) -m -w 1") }
            #expect(isUp == action.isAllowed, "\(action): \(end.output)\(end.errors)")
        }
        #expect(output.contains("pid files"))
        #expect(output.contains("VS [10.9.0.100]:tcp:80 UP"))
    }
}
