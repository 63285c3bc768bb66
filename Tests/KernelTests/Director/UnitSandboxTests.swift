import TestKit
import Testing

/// What programs of the how-tos may do below the unit, started by a systemd of its own.
@Suite(.needsLab, .serialized, .waitsInLab)
struct UnitSandboxTests {
    /// What a program does, and whether it may below the unit as it is; without the sandbox it always may.
    private static let actions: [(name: String, action: String, isAllowed: Bool)] = [
        ("home", "cat /root/.profile > /dev/null", true),
        ("state", "echo x > /var/lib/directrix/x", true),
        ("log", "echo x > /var/log/x", true),
        ("su", "su -s /bin/sh nobody -c 'test $(id -un) = nobody'", true),
        ("sysctl", "sysctl -qw net.ipv4.conf.lo.arp_ignore=1", true),
        ("chown", "touch /run/own && chown nobody /run/own", true),
        ("ulimit", "ulimit -n 100 && ulimit -c 0", true),
        ("tmp", "test -e /tmp/directrix-mark && echo x > /tmp/directrix-own", true),
        ("packet", "perl -e 'socket(S, 17, 3, 768) or die qq($!\\n)'", true),
        ("varlib", "echo x > /var/lib/x", false),
        ("kernel", "sysctl -w kernel.sysrq=1", false),
        ("etc", "echo x > /etc/ha.d/x", false),
        ("homewrite", "echo x > /root/x", false),
    ]

    /// Boots systemd in namespaces of its own until every check is made; prints the log and the table.
    private static let script = """
        set -u
        tree=$1 programs=$2 folder=$3 dropin=$4
        mount -t tmpfs run /run && mkdir -p /run/systemd/system/directrix.service.d && mount -t tmpfs log /var/log
        mkdir -p /etc/ha.d && mount -t tmpfs ha /etc/ha.d && mount -t tmpfs lib /var/lib
        mountpoint -q /sys/fs/cgroup || mount -t cgroup2 cgroup2 /sys/fs/cgroup
        mkdir "$folder/sbin" && ln -s "$programs/directrix" "$folder/sbin/ldirectord"
        # Alone, without the rest of a system.
        sed "s#/usr/sbin/#$folder/sbin/#; /^Wants=/d; /^After=/d; s/^Description=.*/&\\nDefaultDependencies=no/" \\
            "$tree/contrib/systemd/directrix.service" >/run/systemd/system/directrix.service
        [ -z "$dropin" ] || cp "$tree/contrib/systemd/$dropin" /run/systemd/system/directrix.service.d/
        printf '[Unit]\\nDefaultDependencies=no\\nWants=directrix.service\\n' >/run/systemd/system/lab.target
        touch /tmp/directrix-mark
        printf 'checktimeout=20\\ncheckinterval=60\\nquiescent=yes\\nlogfile="/var/log/ldirectord.log"\\n' \\
            >/etc/ha.d/ldirectord.cf
        port=0
        while IFS='|' read -r name action; do
            port=$((port + 1))
            printf '#!/bin/sh\\n%s\\n' "$action" >"/etc/ha.d/$name"
            chmod +x "/etc/ha.d/$name"
            printf 'virtual=10.9.0.100:%d\\n\\treal=127.0.0.11:%d masq\\n\\tchecktype=external\\n' $port $port
            printf '\\tcheckcommand="/etc/ha.d/%s"\\n' "$name"
        done <"$folder/actions" >/tmp/directrix-blocks
        cat /tmp/directrix-blocks >>/etc/ha.d/ldirectord.cf
        unshare --fork --kill-child --pid --mount --mount-proc env container=lab \\
            /lib/systemd/systemd --system --unit=lab.target >"$folder/systemd" 2>&1 &
        manager=$!
        for _ in $(seq 120); do
            sleep 0.5
            up=$("$programs/ipvsadm" -Sn | grep -c -- '-w 1')
            down=$(grep -c 'is down: ' /var/log/ldirectord.log)
            [ $((up + ${down:-0})) -ge $port ] && break
        done
        grep 'is down: ' /var/log/ldirectord.log
        "$programs/ipvsadm" -Sn
        kill -KILL $manager
        wait
        rm -f /tmp/directrix-mark /tmp/directrix-own /tmp/directrix-blocks
        """

    @Test(arguments: ["", "programs.conf"])
    func programsMayDoWhatTheManualSays(dropIn: String) throws {
        let folder = try TemporaryFolder()
        let lines = Self.actions.map { "\($0.name)|\($0.action)\n" }.joined()
        _ = try Program.run("/bin/sh", ["-c", "cat >\(folder.path)/actions"], input: lines)
        let words = [
            "--mount", "/bin/bash", "-c", Self.script, "test", SourceTree.path(""), Lab.programs, folder.path, dropIn,
        ]
        let end = try Namespace.fresh {
            _ = try Program.run("ip", ["address", "add", "10.9.0.100/32", "dev", "lo"])
            return try Program.run("/usr/bin/unshare", words)
        }
        let output = end.output.split(separator: "\n")
        for (number, action) in Self.actions.enumerated() {
            let isUp = output.contains { $0.hasSuffix(" -r 127.0.0.11:\(number + 1) -m -w 1") }
            #expect(isUp == (action.isAllowed || !dropIn.isEmpty), "\(action.name): \(end.output)\(end.errors)")
            guard !isUp else { continue }
            // The log names the sandbox beside the program's own words.
            let line = output.first { $0.contains(" 127.0.0.11:\(number + 1) ") }
            #expect(line?.contains("the sandbox of the director's service may forbid it") == true, "\(line ?? "")")
        }
    }
}
