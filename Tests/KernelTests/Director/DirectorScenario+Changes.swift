extension DirectorScenario {
    /// All of them.
    static let all = servers + services + changes

    private static let both = """
        -A -t 10.9.0.100:80 -s wlc
        -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 1
        -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 1

        """

    /// Reloads, stops, adoption, and others at work on the table.
    static let changes: [DirectorScenario] = [
        DirectorScenario(
            name: "a reload adds a service and a server",
            configuration: web(),
            steps: [
                .open(11), .open(12), .open(13), .start, .rest(both),
                .reload(
                    web(["real=127.0.0.13:8080 masq 3"]) + """
                        virtual=10.9.0.101:80
                            real=127.0.0.13:8080 masq
                            checktype=connect

                        """
                ),
                .rest(
                    both + """
                        -a -t 10.9.0.100:80 -r 127.0.0.13:8080 -m -w 3
                        -A -t 10.9.0.101:80 -s wrr
                        -a -t 10.9.0.101:80 -r 127.0.0.13:8080 -m -w 1

                        """
                ),
            ]
        ),
        DirectorScenario(
            name: "a reload removes a service and a server",
            configuration: web() + "virtual=10.9.0.101:80\n    real=127.0.0.11:8080 masq\n    checktype=connect\n",
            steps: [
                .open(11), .open(12), .start,
                .rest(both + "-A -t 10.9.0.101:80 -s wrr\n-a -t 10.9.0.101:80 -r 127.0.0.11:8080 -m -w 1\n"),
                .reload(
                    quick + """
                        quiescent=yes
                        virtual=10.9.0.100:80
                            real=127.0.0.12:8080 masq
                            checktype=connect
                            scheduler=wlc

                        """
                ),
                .rest("-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 1\n"),
            ]
        ),
        DirectorScenario(
            name: "a reload changes weight, forwarding and scheduler",
            configuration: web(),
            steps: [
                .open(11), .open(12), .start, .rest(both),
                .reload(
                    quick + """
                        quiescent=yes
                        virtual=10.9.0.100:80
                            real=127.0.0.11:8080 masq 7
                            real=127.0.0.12:8080 masq
                            checktype=connect
                            scheduler=wrr
                            persistent=60

                        """
                ),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wrr -p 60
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 7
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 1

                    """
                ),
            ]
        ),
        DirectorScenario(
            name: "a reload of a file with an error",
            configuration: web(),
            steps: [
                .open(11), .open(12), .start, .rest(both), .reload(web(["no such thing"])), .rest(both), .close(12),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 1
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 0

                    """,
                    original: both,
                    because: "bad-reload"
                ),
            ]
        ),
        DirectorScenario(
            name: "a table that is left and adopted",
            configuration: web(globals: "quiescent=yes\ncleanstop=no"),
            steps: [
                .open(11), .open(12), .start, .rest(both), .stop, .rest(both), .close(12), .start,
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 1
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 0

                    """
                ),
            ]
        ),
        DirectorScenario(
            name: "others' services",
            configuration: web(),
            steps: [
                .ipvsadm("-A -t 10.9.0.99:80 -s rr"), .ipvsadm("-a -t 10.9.0.99:80 -r 127.0.0.13:80 -m"),
                .ipvsadm("-A -t 10.9.0.100:80 -s rr"), .ipvsadm("-a -t 10.9.0.100:80 -r 127.0.0.13:80 -m"),
                .open(11), .open(12), .start,
                .rest("-A -t 10.9.0.99:80 -s rr\n-a -t 10.9.0.99:80 -r 127.0.0.13:80 -m -w 1\n" + both), .stop,
                .rest("-A -t 10.9.0.99:80 -s rr\n-a -t 10.9.0.99:80 -r 127.0.0.13:80 -m -w 1\n"),
            ]
        ),
        DirectorScenario(
            name: "an operator changes a weight",
            configuration: web(),
            steps: [
                .open(11), .open(12), .start, .rest(both),
                .ipvsadm("-e -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 9"),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 9
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 1

                    """
                ),
            ]
        ),
    ]
}
