/// The usage, the help and the version of the command `ldirectord`.
enum LdirectordTexts {
    static let usage = """
        Usage:
            ldirectord [-d|--debug|--foreground] [--] [configfile] start | stop |
            restart | try-restart | reload | force-reload | status

            ldirectord [-h|-?|--help|-v|--version]

        Options:
            configfile: The configuration: a file of this name in /etc/ha.d or
            /etc/ha.d/conf, else the path of one. Without it, ldirectord.cf.

            -d|--debug Stay in the foreground and log to standard error.

            --foreground Stay in the foreground and log where the configuration says.

            -h|--help Print this text and exit.

            -v|--version Print version and exit.

        """

    static let help = """
        \(usage)
        Commands:
            start        check the configuration and start the daemon; nothing if it runs
            stop         stop the daemon and wait until it has stopped
            restart      stop it if it runs, then start it
            try-restart  restart it if it runs
            reload       let it read its configuration again, and tell whether it took it
            force-reload the same
            status       tell whether it runs: 0 yes, 3 no, 1 no although there is a PID file,
                         or yes but the kernel's table lacks what others removed

        Examples:
            ldirectord start
            ldirectord /etc/ha.d/web.cf reload
            ldirectord web.cf status

        ldirectord(8) is the manual, ldirectord.cf(5) describes the configuration.

        """

    /// The first line is the one by which programs know the original.
    static let version = """
        Linux Director v1.186-ha
        This is the ldirectord of Directrix.

        It comes with ABSOLUTELY NO WARRANTY.
        This is free software: you may redistribute and change it under the terms of
        the GNU General Public License, version 2 or any later version.

        """
}
