import TestKit
import Testing

/// Tables that Debian's ipvsadm and ours hand to each other.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct InteroperationTests {
    /// A family of programs.
    enum Maker: String, CaseIterable {
        case theirs = "/sbin/"
        case ours = "./"

        var other: Maker { self == .ours ? .theirs : .ours }
    }

    /// Every kind of service and of server, in the order of `-Sn`.
    private static let table = """
        -A -t 10.0.0.1:80 -s rr
        -a -t 10.0.0.1:80 -r 10.1.0.1:80 -g -w 1
        -a -t 10.0.0.1:80 -r 10.1.0.2:8080 -m -w 0
        -a -t 10.0.0.1:80 -r 10.1.0.3:80 -i -w 65535 --tun-type ipip
        -A -t 10.0.0.2:80 -s wrr
        -a -t 10.0.0.2:80 -r 10.1.0.1:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
        -a -t 10.0.0.2:80 -r 10.1.0.2:80 -i -w 1 --tun-type gue --tun-port 6081 --tun-csum
        -a -t 10.0.0.2:80 -r 10.1.0.3:80 -i -w 1 --tun-type gue --tun-port 6082 --tun-remcsum
        -a -t 10.0.0.2:80 -r 10.1.0.4:80 -i -w 1 --tun-type gre --tun-nocsum
        -a -t 10.0.0.2:80 -r 10.1.0.5:80 -i -w 1 --tun-type gre --tun-csum
        -A -t 10.0.0.3:443 -s mh -p 600 -M 255.255.255.0 -b mh-fallback,mh-port
        -A -t 10.0.0.4:0 -s sh -p 300 -b sh-fallback
        -A -u 10.0.0.1:53 -s wlc -o
        -a -u 10.0.0.1:53 -r 10.1.0.1:53 -m -w 7
        -A -u 10.0.0.1:5060 -s rr -p 60 --pe sip
        -A --sctp-service 10.0.0.1:3868 -s dh
        -a --sctp-service 10.0.0.1:3868 -r 10.1.0.1:3868 -m -w 1
        -A -t [fd00::1]:80 -s lblcr -p 300 -M 64
        -a -t [fd00::1]:80 -r [fd00::11]:80 -g -w 1
        -a -t [fd00::1]:80 -r [fd00::12]:8080 -m -w 2
        -A -u [fd00::1]:53 -s lc -o
        -A -f 1 -s sed
        -a -f 1 -r 10.1.0.1:0 -g -w 1
        -A -f 2 -6 -s nq
        -a -f 2 -6 -r [fd00::11]:0 -i -w 1 --tun-type ipip

        """

    /// The same, with limits to the connections of some servers, which the original's save forgets.
    private static var tableWithThresholds: String {
        table.split(separator: "\n").map { line in
            line.hasSuffix("-w 1") && line.contains("10.1.0.1") ? "\(line) -x 200 -y 100\n" : "\(line)\n"
        }.joined()
    }

    private static let listings = [
        "-L", "-Ln", "-Ln --thresholds", "-Ln --persistent-conn", "-Ln --stats", "-Ln --rate", "-Ln --stats --exact",
        "-Ln --nosort", "-Ln -t 10.0.0.2:80", "-Ln -f 2 -6", "-Lnc", "-L --timeout", "-L --daemon",
    ]

    @Test(arguments: Maker.allCases)
    func bothListTheSameWhoeverWroteTheTable(writer: Maker) throws {
        try Namespace.fresh {
            let shell = try Shell()
            let rules = Self.tableWithThresholds
            #expect(try shell.run("\(writer.rawValue)ipvsadm -R", input: rules) == Program(status: 0))
            for listing in Self.listings {
                let outputs = try Maker.allCases.map { try shell.run("\($0.rawValue)ipvsadm \(listing)") }
                #expect(outputs[0].status == 0, "\(listing)")
                #expect(outputs[0] == outputs[1], "\(listing)")
            }
        }
    }

    @Test(arguments: Maker.allCases)
    func whatOneSavesTheOtherRestores(saver: Maker) throws {
        // The original loses thresholds when it saves.
        let table = saver == .ours ? Self.tableWithThresholds : Self.table
        try Namespace.fresh {
            let shell = try Shell()
            func look() throws -> [Program] {
                try ["-Ln", "-Ln --thresholds", "-Ln --persistent-conn"].map {
                    try shell.run("/sbin/ipvsadm \($0)")
                } + [try shell.run("./ipvsadm -Sn")]
            }
            #expect(try shell.run("./ipvsadm -R", input: table) == Program(status: 0))
            let before = try look()
            #expect(before.last?.output == table)
            #expect(try shell.run("\(saver.rawValue)ipvsadm-save -n >saved") == Program(status: 0))
            #expect(try shell.run("ipvsadm -C; ipvsadm -A -t 10.9.9.9:80") == Program(status: 0))
            #expect(try shell.run("\(saver.other.rawValue)ipvsadm-restore <saved") == Program(status: 0))
            #expect(try look() == before)
            // Ours finds nothing to change in what the other has made.
            #expect(try shell.run("ipvsadm-restore --plan <saved") == Program(status: 0))
        }
    }

    @Test(arguments: ["ipvsadm -R", "ipvsadm-restore", "/sbin/ipvsadm -R"])
    func everythingThatIsSavedIsRestored(program: String) throws {
        let settings = """
            --set 800 100 200
            --start-daemon master --mcast-interface lo --syncid 5 --sync-maxlen 1400 \
            --mcast-group 224.0.0.99 --mcast-port 8849 --mcast-ttl 2
            --start-daemon backup --mcast-interface lo --syncid 6

            """
        let look = "ipvsadm -Sn; ipvsadm -L --timeout; ipvsadm -L --daemon"
        let table = "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 1 -x 20 -y 10\n"
        let (saved, before) = try Namespace.fresh {
            let shell = try Shell()
            #expect(try shell.run("ipvsadm -R", input: table + settings) == Program(status: 0))
            let saved = try shell.run("ipvsadm-save -n --all")
            #expect(saved.status == 0 && saved.output.hasPrefix(table))
            return (saved.output, try shell.run(look))
        }
        try Namespace.fresh {
            let shell = try Shell()
            #expect(try shell.run(look) != before)
            #expect(try shell.run(program, input: saved) == Program(status: 0))
            #expect(try shell.run(look) == before)
            #expect(try shell.run("ipvsadm-save -n --all").output == saved)
            #expect(try shell.run("ipvsadm-restore", input: saved) == Program(status: 0))
            #expect(try shell.run("ipvsadm-restore --plan", input: saved) == Program(status: 0))
        }
    }
}
