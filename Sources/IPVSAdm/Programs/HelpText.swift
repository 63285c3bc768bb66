import Texts

/// The texts of `-h` and `-v`.
enum HelpText {
    /// The line of `-v`: programs that look for it find the version of ipvsadm whose place this one takes.
    static let version = "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n"

    /// What is said when the words are no command.
    static func hint(program: String) -> String {
        "Try `\(program) -h' or '\(program) --help' for more information."
    }

    static func appendMain(program: String, to text: inout TextBuffer) {
        text.append(version)
        text.append("Usage:\n")
        for form in mainForms { text.append("  \(program) \(form)\n") }
        text.append(mainOptions)
    }

    private static let mainForms = [
        "-A|E SERVICE [-s SCHEDULER] [-p [SECONDS]] [-M MASK] [--pe ENGINE] [-b FLAGS] [-o]",
        "-D SERVICE",
        "-C",
        "-R",
        "-S [-n]",
        "-a|e SERVICE -r SERVER [-g|-i|-m] [-w WEIGHT] [-x LIMIT] [-y LIMIT] [TUNNEL OPTIONS]",
        "-d SERVICE -r SERVER",
        "-L|l [SERVICE | -c | --timeout | --daemon] [LISTING OPTIONS]",
        "-Z [SERVICE]",
        "--set TCP TCPFIN UDP",
        "--start-daemon master|backup [DAEMON OPTIONS]",
        "--stop-daemon master|backup",
        "-h | -v",
    ]

    private static let mainOptions = """

        Commands, of which one comes first:
          -A, --add-service          make a virtual service
          -E, --edit-service         give a virtual service new values, and defaults for the rest
          -D, --delete-service       remove a virtual service with its servers
          -C, --clear                remove all virtual services
          -R, --restore              carry out the rules on standard input
          -S, --save                 write the table as rules to standard output
          -a, --add-server           add a real server to a virtual service
          -e, --edit-server          give a real server new values, and defaults for the rest
          -d, --delete-server        remove a real server
          -L, -l, --list             show the table
          -Z, --zero                 set the counters of one service or of all to zero
              --set TCP TCPFIN UDP   set the connection timeouts, in seconds; 0 keeps one
              --start-daemon ROLE    start a connection synchronisation daemon
              --stop-daemon ROLE     stop it
          -h, --help                 show this text
          -v, --version              show the version

        SERVICE is one of:
          -t, --tcp-service ADDRESS[:PORT]
          -u, --udp-service ADDRESS[:PORT]
              --sctp-service ADDRESS[:PORT]
          -f, --fwmark-service MARK  packets that the firewall marked with this number, 1 or more
          -6, --ipv6                 after -f: the packets are IPv6

        Options of services:
          -s, --scheduler NAME       rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos (wlc)
          -p, --persistent [SECONDS] clients return to the server they had (360)
          -M, --netmask MASK         clients of one network count as one: a mask, for IPv6 a prefix length
              --pe ENGINE            find out by an engine what belongs together: sip
          -b, --sched-flags FLAGS    switches of the scheduler, with commas: sh-fallback sh-port mh-fallback
                                     mh-port flag-1 flag-2 flag-3
          -o, --ops                  schedule each datagram by itself

        Options of servers:
          -r, --real-server ADDRESS[:PORT]
          -g, --gatewaying           direct routing (the default)
          -i, --ipip                 tunnelling
          -m, --masquerading         network address translation
          -w, --weight NUMBER        share of new connections, 0 for none (1)
          -x, --u-threshold NUMBER   no new connections from this number on (0: no limit)
          -y, --l-threshold NUMBER   new ones again below this number (0: three quarters of -x)
              --tun-type TYPE        ipip gue gre (ipip)
              --tun-port PORT        UDP port of gue
              --tun-nocsum           no checksums in the wrapping
              --tun-csum             checksums in the wrapping
              --tun-remcsum          remote checksums in the wrapping, of gue

        Options of listings:
          -n, --numeric              addresses and ports as numbers
          -c, --connection           the connections
              --timeout              the timeouts
              --daemon               the synchronisation daemons
              --stats                counters
              --rate                 counters per second
          -X, --exact                all digits of counters
              --thresholds           limits of servers
              --persistent-conn      persistent connections; with -c, what engines know of connections
              --tun-info             tunnels
              --nosort               the kernel's order
              --sort                 no effect: listings are sorted
              --json                 everything known, for programs

        Options of daemons:
              --mcast-interface NAME (eth0)
              --syncid NUMBER        0 to 255 (0)
              --sync-maxlen BYTES    longest message (what the interface takes)
              --mcast-group ADDRESS  (224.0.0.81)
              --mcast-port PORT      (8848)
              --mcast-ttl NUMBER     (1)

        Options of every command:
              --netns NAME           work in this network namespace
              --explain              add the cause to errors, as on a terminal

        """

    /// The two lines of `ipvsadm-save` about options that it does not know.
    static func saveHint(program: String) -> String {
        """
        \(program): writes the IPVS table as rules to standard output.
           With -n addresses and ports are numbers; --help shows all options.
        """
    }

    static func save(program: String) -> String {
        """
        Usage: \(program) [-n] [--all] [--output FILE] [--netns NAME] [--explain]
        Writes the IPVS table as rules that ipvsadm-restore takes.
          -n, --numeric       addresses and ports as numbers
              --all           timeouts and synchronisation daemons too
          -o, --output FILE   write to FILE, which stays as it was unless all goes well
              --netns NAME    work in this network namespace
              --explain       add the cause to errors, as on a terminal
          -h, --help          show this text

        """
    }

    static func restore(program: String) -> String {
        """
        Usage: \(program) [--plan | --check] [--netns NAME] [--explain]
        Makes the IPVS table what the rules on standard input say, by the changes that this takes and no others.
              --plan          only print the changes; status 0 when there are none, 1 when there are some
              --check         only see whether the rules are right
              --netns NAME    work in this network namespace
              --explain       add the cause to errors, as on a terminal
          -n                  no effect
          -h, --help          show this text

        """
    }
}
