extension DirectorScenario {
    /// What every scenario starts its file with: checks each second, a log on standard output.
    static let quick = "checktimeout=2\nnegotiatetimeout=2\ncheckinterval=1\nsupervised=yes\n"

    /// A service with two web servers behind it.
    static func web(globals: String = "quiescent=yes", _ directives: [String] = []) -> String {
        let lines = [
            "real=127.0.0.11:8080 masq", "real=127.0.0.12:8080 masq", "service=http", "request=\"index.html\"",
            "receive=\"ready\"", "scheduler=wlc",
        ]
        let block = (lines + directives).map { "    \($0)\n" }.joined()
        return "\(quick)\(globals)\nvirtual=10.9.0.100:80\n\(block)"
    }

    private static let service = "-A -t 10.9.0.100:80 -s wlc\n"

    private static func server(_ number: Int, weight: Int = 1) -> String {
        "-a -t 10.9.0.100:80 -r 127.0.0.\(number):8080 -m -w \(weight)\n"
    }

    private static let both = service + server(11) + server(12)
    private static let oneQuiet = service + server(11) + server(12, weight: 0)
    private static let oneGone = service + server(11)

    /// Servers that die and return.
    static let servers: [DirectorScenario] = [
        DirectorScenario(
            name: "a quiescent server dies and returns",
            configuration: web(),
            steps: [
                .open(11), .open(12), .start, .rest(both), .close(12), .rest(oneQuiet), .open(12), .rest(both), .stop,
                .rest(""),
            ]
        ),
        DirectorScenario(
            name: "a server is removed and added",
            configuration: web(globals: "quiescent=no"),
            steps: [
                .open(11), .open(12), .start, .rest(both), .close(12), .rest(oneGone), .open(12), .rest(both), .stop,
                .rest(""),
            ]
        ),
        DirectorScenario(
            name: "a server is dead from the start",
            configuration: web(),
            steps: [.open(11), .start, .rest(oneQuiet), .open(12), .rest(both)]
        ),
        DirectorScenario(
            name: "a dead server is not added where that is wanted",
            configuration: web(globals: "quiescent=yes\nreaddquiescent=yes"),
            steps: [.open(11), .start, .rest(oneQuiet), .open(12), .rest(both)]
        ),
        DirectorScenario(
            name: "three failures in a row",
            configuration: web(globals: "quiescent=yes\nfailurecount=3"),
            steps: [.open(11), .open(12), .start, .rest(both), .close(12), .rest(oneQuiet), .open(12), .rest(both)]
        ),
        DirectorScenario(
            name: "weights",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 masq 5
                    real=127.0.0.12:8080 masq 0
                    checktype=connect
                    scheduler=wrr

                """,
            steps: [
                .open(11), .open(12), .start,
                .rest("-A -t 10.9.0.100:80 -s wrr\n" + server(11, weight: 5) + server(12, weight: 0)),
            ]
        ),
        DirectorScenario(
            name: "a server under maintenance",
            configuration: web(globals: "quiescent=yes\nmaintenancedir=FOLDER"),
            steps: [
                .open(11), .open(12), .start, .rest(both), .make("127.0.0.12:8080"), .rest(oneQuiet),
                .remove("127.0.0.12:8080"), .rest(both), .make("127.0.0.12"), .rest(oneQuiet),
            ]
        ),
        DirectorScenario(
            name: "one server behind two services",
            configuration: web() + """
                virtual=10.9.0.101:80
                    real=127.0.0.12:8080 masq
                    checktype=connect
                    quiescent=no

                """,
            steps: [
                .open(11), .open(12), .start,
                .rest(both + "-A -t 10.9.0.101:80 -s wrr\n-a -t 10.9.0.101:80 -r 127.0.0.12:8080 -m -w 1\n"),
                .close(12), .rest(oneQuiet + "-A -t 10.9.0.101:80 -s wrr\n"), .open(12),
                .rest(both + "-A -t 10.9.0.101:80 -s wrr\n-a -t 10.9.0.101:80 -r 127.0.0.12:8080 -m -w 1\n"),
            ]
        ),
        DirectorScenario(
            name: "a dialogue, then connections",
            configuration: web(["checktype=2"]),
            steps: [
                .open(11), .open(12), .start, .rest(both), .close(11),
                .rest(service + server(11, weight: 0) + server(12)),
            ]
        ),
        DirectorScenario(
            name: "servers that are never asked",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 masq
                    checktype=on
                    scheduler=wlc
                virtual=10.9.0.101:80
                    real=127.0.0.12:8080 masq
                    checktype=off
                    fallback=127.0.0.13:8080 masq

                """,
            steps: [
                .start,
                .rest(
                    oneGone + """
                        -A -t 10.9.0.101:80 -s wrr
                        -a -t 10.9.0.101:80 -r 127.0.0.12:8080 -m -w 0
                        -a -t 10.9.0.101:80 -r 127.0.0.13:8080 -m -w 1

                        """
                ),
            ]
        ),
        DirectorScenario(
            name: "an external program",
            configuration: quick + """
                quiescent=yes
                virtual=10.9.0.100:80
                    real=127.0.0.11:8080 masq
                    real=127.0.0.12:8080 masq
                    checktype=external
                    checkcommand=FOLDER/check
                    scheduler=wlc

                """,
            steps: [
                .run("printf '#!/bin/sh\\ntest -e FOLDER/up-$3\\n' >FOLDER/check; chmod 755 FOLDER/check"),
                .make("up-127.0.0.11"), .make("up-127.0.0.12"), .start, .rest(both), .remove("up-127.0.0.12"),
                .rest(oneQuiet), .make("up-127.0.0.12"), .rest(both),
            ]
        ),
    ]
}
