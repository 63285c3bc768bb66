/// The help and the version of the command `keepalived`.
enum KeepalivedTexts {
    static let help = """
        Usage: keepalived [OPTION...]

        The configuration
          -f, --use-file=FILE         The configuration; /etc/keepalived/keepalived.conf unless given
          -i, --config-id=ID          The word for lines that begin with '@'; the name of this host, up to the
                                      first dot, unless given
          -e, --all-config            Refuse a configuration one of whose includes finds nothing
          -t, --config-test[=LOG]     Tell what is wrong with it, on standard error or at the end of LOG, and leave
          -d, --dump-conf             Log it at the start, as the signal USR1 writes it to a file

        What is done
          -C, --check                 Keep virtual servers only, no failover
          -P, --vrrp                  Failover only, no virtual servers
          -I, --dont-release-ipvs     Leave the kernel's table as it is when the daemon stops
          -s, --namespace=NAME        Work in this network namespace, whatever the configuration says

        The process
          -n, --dont-fork             Stay in the foreground
          -p, --pid=FILE              The file for the number of the process
          -c, --checkers_pid=FILE     Another one, where that of the checking process is looked for
          -r, --vrrp_pid=FILE         The file for the number of the process of the virtual routers
          -u, --umask=MASK            The mask for the modes of new files
          -m, --core-dump             Let the kernel keep a picture of the process if it crashes
          -M, --core-dump-pattern[=PATTERN]
                                      The same, and set the kernel's pattern for it; 'core' unless given

        The log
          -l, --log-console           To standard error too
          -G, --no-syslog             Not to syslog
          -S, --log-facility=FACILITY To this facility of syslog: 0-7, local0-local7, user, daemon (the default)
          -g, --log-file[=FILE]       To FILE too; /tmp/keepalived.log unless given

        Answers
              --signum=NAME           The number of the signal for STOP, RELOAD, DATA, STATS, STATS_CLEAR or JSON
          -T, --genhash               Be genhash, with the words that follow; it must be the first option
          -v, --version               Print the version
          -h, --help                  Print this text

        Taken, and of no effect: -R, for a process that dies is always started again; --all, for all parts
        are there; -B and -b, for there is no BFD; -V, -X and -a; -x and -A, for SNMP is not served; -D, for
        the log has its details always; --flush-log-file, for a line is never held back.

        Signals: HUP reads the configuration again, TERM and INT stop the daemon, USR1 writes what it has to
        keepalived_parent.data and keepalived_check.data in $TMPDIR or /tmp, and with virtual routers to
        keepalived.data; USR2 writes their counters to keepalived.stats, RTMIN+2 all of them to keepalived.json,
        both in /run/directrix; RTMAX-1 sets the counters to zero.

        keepalived(8) is the manual, keepalived.conf(5) describes the configuration.

        """

    /// The first line is the one by which programs know the original.
    static let version = """
        Keepalived v2.2.7 (01/16,2022)

        This is the keepalived of Directrix.

        It comes with ABSOLUTELY NO WARRANTY.
        This is free software: you may redistribute and change it under the terms of
        the GNU General Public License, version 2 or any later version.

        """
}
