import Director
import Ldirectord
import Testing

/// The lines of the log about the process, to the byte.
struct DaemonVoiceTests {
    @Test(
        arguments: [
            (
                .started(invocation: "ldirectord web.cf start", process: nil),
                [
                    "Invoking ldirectord invoked as: ldirectord web.cf start", "Starting Directrix as daemon",
                ]
            ),
            (.started(invocation: nil, process: 7), ["Starting Directrix with pid: 7"]),
            (.terminated(signal: "TERM"), ["Linux Director Daemon terminated on signal: TERM"]),
            (.kernelLate, ["The kernel did not answer in time; its table may not be as it should be"]),
            (.reloadWanted, ["Reloading Linux Director Daemon config on signal"]),
            (
                .fileChanged(path: "/a.cf", isLoaded: true),
                [
                    "Configuration file '/a.cf' has changed on disk", " - reread new configuration",
                ]
            ),
            (
                .fileChanged(path: "/a.cf", isLoaded: false),
                [
                    "Configuration file '/a.cf' has changed on disk", " - ignore new configuration",
                ]
            ),
            (
                .fileUnsettled(path: "/a.cf"),
                [
                    "Configuration file '/a.cf' is still being written; it is looked into when it is closed"
                ]
            ),
            (.fileGone(path: "/a.cf"), ["can not open file /a.cf for checking"]),
            (.loadSlow(path: "/a.cf"), ["Configuration file '/a.cf' takes long to be read; what is in force stays so"]),
            (.loaded(path: "/a.cf"), ["Configuration file '/a.cf' is loaded"]),
            (
                .loadFailed(path: "/a.cf", reason: nil),
                [
                    "Configuration file '/a.cf' is not loaded; what was in force stays in force"
                ]
            ),
            (
                .loadFailed(path: "/a.cf", reason: "/a.cf: Permission denied"),
                [
                    "/a.cf: Permission denied",
                    "Configuration file '/a.cf' is not loaded; what was in force stays in force",
                ]
            ),
            (.maintenanceFolderMissing(path: "/m"), ["maintenance directory '/m' does not exist"]),
            (
                .tableUnreadable(reason: "its answer was lost"),
                ["The kernel's table cannot be read: its answer was lost"]
            ),
            (.tableReadable, ["The kernel's table can be read again"]),
            (.commandFailed(line: "/bin/x a", reason: "exit status 1"), ["system(/bin/x a) failed: exit status 1"]),
            (.commandSaid(line: "/bin/x a", words: "well"), ["system(/bin/x a): well"]),
            (
                .mail(.failed(subject: "s", reason: "r", isToServer: true, isGivenUp: false)),
                [
                    "failed to send SMTP email message, to be tried again: r: s"
                ]
            ),
            (
                .mail(.failed(subject: "s", reason: "r", isToServer: false, isGivenUp: true)),
                [
                    "failed to send email message, given up: r: s"
                ]
            ),
            (.mail(.withoutRecipient(subject: "s")), ["failed to send email message: no recipient is an address: s"]),
            (.mail(.dropped(subject: "s")), ["failed to send email message: too many are waiting: s"]),
            (.mail(.manyDropped(3)), ["failed to send email message: 3 were dropped"]),
            (.mail(.unsent(3)), ["failed to send email message: 3 were not sent before the end"]),
            (.pipe(.unusable(path: "/p", reason: "no")), ["named pipe '/p' cannot be used: no"]),
            (
                .pipe(.linesLost(path: "/p", count: 3)), ["3 lines for the named pipe '/p' were lost: nobody reads it"]
            ),
            (
                .pipe(.readerEnded(path: "/p", reason: "exit status 1", seconds: 5)),
                ["the program that reads the named pipe '/p' ended: exit status 1; started again in 5 s"]
            ),
            (.recordsFailed(path: "/m", reason: "full"), ["Error writing to monitorfile '/m': full"]),
            (.recordsWritten(path: "/m"), ["monitorfile '/m' is written again"]),
            (.recordsLost(3), ["3 lines for monitor files were lost: they are written too slowly"]),
            (.linesLeftOut(3, seconds: 10, nil), ["3 more lines in 10 s are left out"]),
            (
                .linesLeftOut(3, seconds: 10, ServerTally(count: 9, upCount: 4, changedCount: 2)),
                [
                    "and 2 more servers changed, 4 of 9 are up now; 3 more lines in 10 s are left out"
                ]
            ),
            (.status(nil), ["status: the configuration is being read"]),
            (.checks(inFlight: 2, lag: 5), ["checks: 2 in flight, the latest started 5 ms late"]),
        ] as [(DaemonEvent, [String])]
    )
    func everyLineIsAsItWas(event: DaemonEvent, lines: [String]) {
        #expect(LdirectordVoice().lines(for: event) == lines)
    }
}
