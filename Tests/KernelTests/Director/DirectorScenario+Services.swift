extension DirectorScenario {
    /// Kinds of services, ways of forwarding, fallbacks.
    static let services: [DirectorScenario] = [
        DirectorScenario(
            name: "a fallback with a port",
            configuration: web(["fallback=127.0.0.13:8081 masq"]),
            steps: [
                .start,
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 0
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 0
                    -a -t 10.9.0.100:80 -r 127.0.0.13:8081 -m -w 1

                    """
                ),
                .open(11),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 1
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 0

                    """
                ),
                .close(11),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s wlc
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 0
                    -a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 0
                    -a -t 10.9.0.100:80 -r 127.0.0.13:8081 -m -w 1

                    """
                ),
            ]
        ),
        DirectorScenario(
            name: "a fallback of the whole file, without a port",
            configuration: web(globals: "quiescent=no\nfallback=127.0.0.1 gate"),
            steps: [
                .start, .rest("-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.1:80 -g -w 1\n"), .open(12),
                .rest("-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.12:8080 -m -w 1\n"),
            ]
        ),
        DirectorScenario(
            name: "a mark",
            configuration: quick + """
                quiescent=yes
                fallback=127.0.0.1:80 gate
                virtual=7
                    real=127.0.0.11 masq
                    real=127.0.0.12 masq 2
                    checktype=connect
                    checkport=8080
                    scheduler=wrr

                """,
            steps: [
                .open(11), .open(12), .start,
                .rest("-A -f 7 -s wrr\n-a -f 7 -r 127.0.0.11:0 -m -w 1\n-a -f 7 -r 127.0.0.12:0 -m -w 2\n"),
                .close(11), .close(12),
                .rest(
                    """
                    -A -f 7 -s wrr
                    -a -f 7 -r 127.0.0.1:80 -g -w 1
                    -a -f 7 -r 127.0.0.11:0 -m -w 0
                    -a -f 7 -r 127.0.0.12:0 -m -w 0

                    """,
                    original: "-A -f 7 -s wrr\n-a -f 7 -r 127.0.0.11:0 -m -w 0\n-a -f 7 -r 127.0.0.12:0 -m -w 0\n",
                    because: "global-fallback-of-marks"
                ),
            ]
        ),
        DirectorScenario(
            name: "datagrams",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:5353
                    real=127.0.0.11:5353 masq
                    checktype=ping
                    protocol=udp
                    scheduler=rr
                    ops=yes

                """,
            steps: [
                .start,
                .rest("-A -u 10.9.0.100:5353 -s rr -o\n-a -u 10.9.0.100:5353 -r 127.0.0.11:5353 -m -w 1\n"),
            ]
        ),
        DirectorScenario(
            name: "a server with another port that the kernel gives the service's",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 gate
                    real=127.0.0.12:8080 ipip
                    checktype=connect
                    scheduler=rr

                """,
            steps: [
                .open(11), .open(12), .start,
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s rr
                    -a -t 10.9.0.100:80 -r 127.0.0.11:80 -g -w 1
                    -a -t 10.9.0.100:80 -r 127.0.0.12:80 -i -w 1 --tun-type ipip

                    """,
                    original: """
                        -A -t 10.9.0.100:80 -s rr
                        -a -t 10.9.0.100:80 -r 127.0.0.11:80 -g -w 0
                        -a -t 10.9.0.100:80 -r 127.0.0.12:80 -i -w 0 --tun-type ipip

                        """,
                    because: "quiescent-ports"
                ),
                .close(12),
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s rr
                    -a -t 10.9.0.100:80 -r 127.0.0.11:80 -g -w 1
                    -a -t 10.9.0.100:80 -r 127.0.0.12:80 -i -w 0 --tun-type ipip

                    """,
                    original: """
                        -A -t 10.9.0.100:80 -s rr
                        -a -t 10.9.0.100:80 -r 127.0.0.11:80 -g -w 0
                        -a -t 10.9.0.100:80 -r 127.0.0.12:80 -i -w 0 --tun-type ipip

                        """,
                    because: "quiescent-ports"
                ),
            ]
        ),
        DirectorScenario(
            name: "thresholds",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 masq 3 l:10 u:20
                    checktype=connect
                    scheduler=wlc

                """,
            steps: [
                .open(11), .start,
                .rest("-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 3 -x 20 -y 10\n"),
                .close(11),
                .rest(
                    "-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 0 -x 20 -y 10\n",
                    original: "-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 0\n",
                    because: "thresholds"
                ),
                .open(11),
                .rest("-A -t 10.9.0.100:80 -s wlc\n-a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 3 -x 20 -y 10\n"),
            ]
        ),
        DirectorScenario(
            name: "persistence and flags",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 masq
                    checktype=connect
                    persistent=300
                    netmask=255.255.255.0
                    scheduler=sh
                    schedflags=sh-port,sh-fallback

                """,
            steps: [
                .open(11), .start,
                .rest(
                    """
                    -A -t 10.9.0.100:80 -s sh -p 300 -M 255.255.255.0 -b sh-fallback,sh-port
                    -a -t 10.9.0.100:80 -r 127.0.0.11:8080 -m -w 1

                    """
                ),
            ]
        ),
        DirectorScenario(
            name: "IPv6",
            configuration: quick + """
                quiescent=yes
                virtual6=[fd00:9::100]:80
                    real6=[fd00:9::11]:8080 masq
                    real6=[fd00:9::12]:8080 masq
                    checktype=connect
                    fallback6=[::1]:80 gate
                    scheduler=wlc

                """,
            steps: [
                .open(11), .open(12), .start,
                .rest(
                    """
                    -A -t [fd00:9::100]:80 -s wlc
                    -a -t [fd00:9::100]:80 -r [fd00:9::11]:8080 -m -w 1
                    -a -t [fd00:9::100]:80 -r [fd00:9::12]:8080 -m -w 1

                    """
                ),
                .close(11), .close(12),
                .rest(
                    """
                    -A -t [fd00:9::100]:80 -s wlc
                    -a -t [fd00:9::100]:80 -r [::1]:80 -g -w 1
                    -a -t [fd00:9::100]:80 -r [fd00:9::11]:8080 -m -w 0
                    -a -t [fd00:9::100]:80 -r [fd00:9::12]:8080 -m -w 0

                    """
                ),
            ]
        ),
    ]
}
