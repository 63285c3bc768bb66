/// A keepalived.conf and what happens under it: Debian's keepalived and ours must end with the same tables, and write the
/// same lines to a FIFO.
struct KeepalivedScenario: Sendable {
    /// One thing that happens, or what must be so at rest then.
    enum Step: Sendable {
        /// The director is started.
        case start
        /// It is told to stop, and ends.
        case stop
        /// It is told to read its configuration again, which is this now.
        case reload(String)
        /// A web server opens at port 8080 of 127.0.0.N.
        case open(Int)
        /// It closes.
        case close(Int)
        /// A file of that name is made in the scenario's folder, with that text.
        case file(String, String)
        /// A command of the shell.
        case run(String)
        /// Time passes in which nothing must change.
        case wait(seconds: Int)
        /// The table is this, and stays it, and since the last rest the FIFO had these lines, those of one object in order.
        case rest(String, lines: [String] = [])
        /// The same, where keepalived does otherwise, for that reason.
        case differs(String, lines: [String] = [], original: String, originalLines: [String] = [], because: String)
    }

    let name: String
    /// The file, in which `FOLDER` is the scenario's folder.
    let configuration: String
    let steps: [Step]
}

extension KeepalivedScenario {
    /// A service with servers behind it, each of which is asked each second, and a FIFO.
    static func web(_ words: [String] = [], servers: [Int] = [11, 12], _ serverWords: [String] = []) -> String {
        let blocks = servers.map { number in
            """
                real_server 127.0.0.\(number) 8080 {
            \(serverWords.map { "        \($0)\n" }.joined())        TCP_CHECK {
                        connect_timeout 2
                        retry 0
                    }
                }

            """
        }
        return globals + service(words, blocks.joined())
    }

    /// The same with other servers.
    static func service(_ words: [String], _ servers: String) -> String {
        """
        virtual_server 10.9.0.100 80 {
            lb_algo wlc
            lb_kind NAT
            protocol TCP
            delay_loop 1
            warmup 0
        \(words.map { "    \($0)\n" }.joined())\(servers)}

        """
    }

    static let globals = """
        global_defs {
            script_user root
            lvs_notify_fifo FOLDER/fifo
        }

        """

    private static let key = "[10.9.0.100]:tcp:80"
    private static let head = "-A -t 10.9.0.100:80 -s wlc\n"

    private static func server(_ number: Int, weight: Int = 1) -> String {
        "-a -t 10.9.0.100:80 -r 127.0.0.\(number):8080 -m -w \(weight)\n"
    }

    private static func table(_ servers: Int...) -> String { head + servers.map { server($0) }.joined() }
    private static func up(_ numbers: Int...) -> [String] { numbers.map { "RS [127.0.0.\($0)]:tcp:8080 \(key) UP" } }
    private static func down(_ numbers: Int...) -> [String] {
        numbers.map { "RS [127.0.0.\($0)]:tcp:8080 \(key) DOWN" }
    }
    private static let poolUp = ["VS \(key) UP"]
    private static let poolDown = ["VS \(key) DOWN"]

    /// A server whose check is a program that ends with the number in a file.
    private static func measured(_ number: Int, _ file: String, weight: Int) -> String {
        """
            real_server 127.0.0.\(number) 8080 {
                weight \(weight)
                MISC_CHECK {
                    misc_path "/bin/sh -c 'exit $(cat FOLDER/\(file))'"
                    misc_timeout 10
                    misc_dynamic
                    retry 0
                }
            }

        """
    }

    static let all: [KeepalivedScenario] = [
        KeepalivedScenario(
            name: "servers die and return",
            configuration: web(),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp), .close(12),
                .rest(table(11), lines: down(12)), .close(11), .rest(head, lines: down(11) + poolDown), .open(12),
                .rest(table(12), lines: up(12) + poolUp), .open(11), .rest(table(11, 12), lines: up(11)), .stop,
                .rest(""),
            ]
        ),
        KeepalivedScenario(
            name: "a server is dead from the start",
            configuration: web(),
            steps: [
                .open(11), .start, .rest(table(11), lines: poolUp + down(12)), .open(12),
                .rest(table(11, 12), lines: up(12)),
            ]
        ),
        KeepalivedScenario(
            name: "alpha",
            configuration: web(["alpha"]),
            steps: [
                .start,
                .differs(
                    head,
                    lines: down(11, 12) + poolDown,
                    original: head,
                    originalLines: down(11, 12),
                    because: "The first verdict on a pool is told, be it good or bad."
                ),
                .open(11), .rest(table(11), lines: up(11) + poolUp), .open(12), .rest(table(11, 12), lines: up(12)),
            ]
        ),
        KeepalivedScenario(
            name: "a server flaps less long than its retries take",
            configuration: web().replacing("retry 0", with: "retry 30\n            delay_before_retry 1"),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp), .close(12), .wait(seconds: 4),
                .open(12),
                .rest(table(11, 12)),
            ]
        ),
        KeepalivedScenario(
            name: "quorum with hysteresis",
            configuration: web(["quorum 2", "hysteresis 1"], servers: [11, 12, 13]),
            steps: [
                .open(11), .open(12), .open(13), .start, .rest(table(11, 12, 13), lines: poolUp), .close(11),
                .close(12),
                .rest(table(13), lines: down(11, 12)), .close(13), .rest(head, lines: down(13) + poolDown), .open(11),
                .open(12), .rest(table(11, 12), lines: up(11, 12)), .open(13),
                .rest(table(11, 12, 13), lines: up(13) + poolUp),
            ]
        ),
        KeepalivedScenario(
            name: "a sorry server stands in below the quorum",
            configuration: web(["quorum 2", "sorry_server 127.0.0.16 8080"]),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp), .close(12),
                .rest(table(16), lines: down(12) + poolDown), .open(12), .rest(table(11, 12), lines: up(12) + poolUp),
                .stop,
                .rest(""),
            ]
        ),
        KeepalivedScenario(
            name: "a sorry server stays without weight",
            configuration: web(["sorry_server 127.0.0.16 8080", "sorry_server_inhibit"]),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12) + server(16, weight: 0), lines: poolUp), .close(11),
                .close(12), .rest(table(16), lines: down(11, 12) + poolDown), .open(11),
                .rest(head + server(11) + server(16, weight: 0), lines: up(11) + poolUp),
            ]
        ),
        KeepalivedScenario(
            name: "inhibit_on_failure",
            configuration: web(["inhibit_on_failure"]),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp), .close(12),
                .rest(head + server(11) + server(12, weight: 0), lines: down(12)), .open(12),
                .rest(table(11, 12), lines: up(12)),
            ]
        ),
        KeepalivedScenario(
            name: "misc_dynamic",
            configuration: globals + service([], measured(11, "one", weight: 7) + measured(12, "two", weight: 3)),
            steps: [
                .file("one", "0"), .file("two", "0"), .start,
                .rest(head + server(11, weight: 7) + server(12, weight: 3), lines: poolUp), .file("one", "20"),
                .rest(head + server(11, weight: 18) + server(12, weight: 3)), .file("one", "1"),
                .rest(head + server(12, weight: 3), lines: down(11)), .file("one", "2"),
                .rest(head + server(11, weight: 0) + server(12, weight: 3), lines: up(11)),
            ]
        ),
        KeepalivedScenario(
            name: "reload adds, changes and removes",
            configuration: web(),
            steps: [
                .open(11), .open(12), .open(13), .start, .rest(table(11, 12), lines: poolUp),
                .reload(web(servers: [11, 12, 13])), .rest(table(11, 12, 13)),
                .reload(web(servers: [11, 12, 13], ["weight 4"])),
                .rest(head + server(11, weight: 4) + server(12, weight: 4) + server(13, weight: 4)),
                .reload(web(servers: [11, 12], ["weight 4"])),
                .rest(head + server(11, weight: 4) + server(12, weight: 4), lines: down(13)), .reload(globals),
                .rest("", lines: down(11, 12) + poolDown),
            ]
        ),
        KeepalivedScenario(
            name: "reload of a dead server",
            configuration: web(),
            steps: [
                .open(11), .start, .rest(table(11), lines: poolUp + down(12)),
                .reload(web().replacing("connect_timeout 2", with: "connect_timeout 3")),
                .differs(
                    table(11),
                    original: table(11),
                    originalLines: up(12) + down(12),
                    because: "A server that is dead does not serve because a file was read."
                ),
            ]
        ),
        KeepalivedScenario(
            name: "ha_suspend",
            configuration: web(["ha_suspend"]),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp),
                .run("ip address delete 10.9.0.100/32 dev lo"), .wait(seconds: 2), .close(12), .wait(seconds: 3),
                .rest(table(11, 12)), .run("ip address add 10.9.0.100/32 dev lo"),
                .rest(table(11), lines: down(12)), .open(12), .rest(table(11, 12), lines: up(12)),
            ]
        ),
        KeepalivedScenario(
            name: "omega",
            configuration: web(["omega"]),
            steps: [
                .open(11), .open(12), .start, .rest(table(11, 12), lines: poolUp), .stop,
                .rest("", lines: down(11, 12) + poolDown),
            ]
        ),
    ]
}
