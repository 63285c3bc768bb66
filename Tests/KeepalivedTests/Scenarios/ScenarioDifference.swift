/// What is right of an interval although neither the recording nor what is written beside it has it.
struct ScenarioDifference {
    let name: String
    let interval: Int
    /// The table at its end; nil where that is no other one.
    var table: [String]?
    /// The lines of the FIFO; nil where they are no others.
    var lines: [String]?
    let why: String

    static let all: [ScenarioDifference] =
        dialogues + [
            ScenarioDifference(
                name: "s37_table_cleared_by_others",
                interval: 2,
                table: ["tcp 10.2.0.100:80 rr", "  10.1.0.12:80 masq 1"],
                why: "Others' changes are put right by the next reading, and not by the next occasion."
            ),
            ScenarioDifference(
                name: "s38_weight_changed_by_others",
                interval: 2,
                table: ["tcp 10.2.0.100:80 rr", "  10.1.0.11:80 masq 1"],
                why: "Others' changes are put right by the next reading, and not by the next occasion."
            ),
            ScenarioDifference(
                name: "s38_weight_changed_by_others",
                interval: 3,
                table: ["tcp 10.2.0.100:80 rr", "  10.1.0.11:80 masq 1", "  10.1.0.12:80 masq 1"],
                why: "Others' changes are put right by the next reading, and not by the next occasion."
            ),
            ScenarioDifference(
                name: "s44_checker_killed",
                interval: 1,
                lines: [up("tcp", 80), down(12, "tcp", 80)],
                why: "There is no process of its own for checks: a director that begins anew tells what it finds."
            ),
            ScenarioDifference(
                name: "s65_fifo_script",
                interval: 0,
                lines: [up("tcp", 80)],
                why: "The program of the recording took the lines before the recorder."
            ),
            ScenarioDifference(
                name: "s65_fifo_script",
                interval: 1,
                lines: [down(11, "tcp", 80), "VS [10.2.0.100]:tcp:80 DOWN"],
                why: "The program of the recording took the lines before the recorder."
            ),
            ScenarioDifference(
                name: "s67_reload_without_sorry_server",
                interval: 0,
                lines: [down(12, "tcp", 80), "VS [10.2.0.100]:tcp:80 DOWN"],
                why: "A pool of which the first verdicts say that it is down has never been up."
            ),
            ScenarioDifference(
                name: "s68_reload_other_sorry_server",
                interval: 0,
                lines: [down(11, "tcp", 80), "VS [10.2.0.100]:tcp:80 DOWN"],
                why: "A pool of which the first verdicts say that it is down has never been up."
            ),
            ScenarioDifference(
                name: "s88_ha_suspend_of_a_group",
                interval: 2,
                table: [
                    "tcp 10.2.0.100:80 rr", "  10.1.0.12:80 masq 1", "tcp 10.2.0.101:80 rr", "  10.1.0.12:80 masq 1",
                    "tcp 10.2.0.102:80 rr", "  10.1.0.12:80 masq 1",
                ],
                why: "A server that is down stays so."
            ),
        ]

    /// Answers that keepalived misreads.
    private static let dialogues = [
        ScenarioDifference(
            name: "s26_smtp_dialogues",
            interval: 0,
            lines: [up("tcp", 25), down(14, "tcp", 25)],
            why: "Greetings of several lines and without a text are greetings, and QUIT needs no answer."
        ),
        ScenarioDifference(
            name: "s26_smtp_dialogues",
            interval: 1,
            table: ["tcp 10.2.0.100:25 rr"] + [11, 12, 13, 15].map { "  10.1.0.\($0):25 masq 1" },
            why: "Greetings of several lines and without a text are greetings, and QUIT needs no answer."
        ),
        ScenarioDifference(
            name: "s28_udp_checks",
            interval: 0,
            table: ["udp 10.2.0.100:69 rr", "  10.1.0.12:69 masq 1"],
            lines: [up("udp", 69)] + [11, 13, 14, 15].map { down($0, "udp", 69) },
            why: "A reply of two bytes does not begin with three, whatever they are."
        ),
        ScenarioDifference(
            name: "s28_udp_checks",
            interval: 1,
            table: ["udp 10.2.0.100:69 rr", "  10.1.0.12:69 masq 1"],
            why: "A reply of two bytes does not begin with three, whatever they are."
        ),
        ScenarioDifference(
            name: "s28_udp_checks",
            interval: 2,
            lines: ["RS [10.1.0.14]:udp:69 [10.2.0.100]:udp:69 UP"],
            why: "The first reply that has all bytes brings the server up."
        ),
    ]

    private static func up(_ transport: String, _ port: Int) -> String { "VS [10.2.0.100]:\(transport):\(port) UP" }

    private static func down(_ server: Int, _ transport: String, _ port: Int) -> String {
        "RS [10.1.0.\(server)]:\(transport):\(port) [10.2.0.100]:\(transport):\(port) DOWN"
    }
}
