import Addresses
import Configuration
package import Director

// What is said of the process.

extension KeepalivedVoice {
    /// The version whose words these are.
    package static let version = "v2.2.7 (01/16,2022)"

    package func lines(for event: DaemonEvent) -> [String] {
        switch event {
        case .started(let invocation, _):
            return ["Starting Keepalived \(Self.version)"] + (invocation.map { ["Command line: \($0)"] } ?? [])
        case .begun(let configuration, let process):
            return ["Starting Healthcheck child process, pid=\(process)", "Initializing ipvs", "Startup complete"]
                + Self.activations(in: configuration)
        case .stateWanted(let process):
            return ["parent", "checker"].map { "Printing \($0) data for process(\(process)) on signal" }
        case .stopWanted: return ["Stopping"]
        case .ending(let user, let system):
            return ["Stopped - used \(user.dumpedSeconds) user time, \(system.dumpedSeconds) system time"]
        case .terminated: return ["Stopped Keepalived \(Self.version)"]
        case .kernelLate: return ["The kernel did not answer in time; its table may not be as it should be"]
        case .reloadWanted: return ["Reloading ...", "Reloading"]
        case .fileChanged(let path, let isLoaded):
            return ["Configuration file '\(path)' has changed; it is \(isLoaded ? "" : "not ")read again"]
        case .fileUnsettled(let path): return ["Configuration file '\(path)' is still being written"]
        case .fileGone(let path): return ["Config files missing '\(path)'."]
        case .loadSlow(let path):
            return ["Configuration file '\(path)' takes long to be read; what is in force stays so"]
        case .reloadPlanned(let time): return [time.map { "Scheduling reload for \($0)" } ?? "Cancelling reload"]
        case .reloadTimeUnusable(let text, let isPast):
            return [
                isPast
                    ? "Reload time \(text) is in the past - ignoring"
                    : "Invalid reload time '\(text)' specified - ignoring"
            ]
        case .loaded: return ["Reload complete"]
        case .replaced(let configuration, let former):
            return ["Reinitializing ipvs"] + Self.activations(in: configuration, after: former)
        case .loadFailed(let path, let reason):
            return (reason.map { [$0] } ?? [])
                + ["New config failed validation: \(path) is not taken, and what was in force stays so"]
        case .maintenanceFolderMissing(let path): return ["maintenance directory '\(path)' does not exist"]
        case .tableUnreadable(let reason): return ["IPVS: Can't read the table: \(reason)"]
        case .tableReadable: return ["IPVS: the table can be read again"]
        case .startProgramRun(let line): return ["Running startup script \(line)"]
        case .stopProgramRun(let line): return ["Running shutdown script \(line)"]
        case .commandFailed(let line, let reason): return ["Script \(line) failed: \(reason)"]
        case .commandSaid(let line, let words): return ["Script \(line): \(words)"]
        case .mail(let mail): return Self.lines(about: mail)
        case .pipe(let pipe): return [Self.line(about: pipe)]
        case .failover(let event): return Self.lines(about: event)
        case .recordsFailed(let path, let reason): return ["Error writing to '\(path)': \(reason)"]
        case .recordsWritten(let path): return ["'\(path)' is written again"]
        case .recordsLost(let count): return ["\(count) lines were lost: they are written too slowly"]
        case .linesLeftOut(let count, let seconds, let tally):
            let line = "\(count) more lines in \(seconds) s are left out"
            guard let tally else { return [line] }
            return [
                "and \(tally.changedCount) more services changed, \(tally.upCount) of \(tally.count) are up now; \(line)"
            ]
        case .status(let status): return [status.map { "status: \($0)" } ?? "status: the configuration is being read"]
        case .checks(let count, let lag): return ["checks: \(count) in flight, the latest started \(lag) ms late"]
        }
    }

    /// The lines about the checks that begin: all of them, or those that a former configuration does not have.
    private static func activations(
        in configuration: DirectorConfiguration,
        after former: DirectorConfiguration? = nil
    ) -> [String] {
        // A reload of the same, of which nothing is to be worked out for ten thousand servers.
        guard configuration.virtualServers != former?.virtualServers else { return [] }
        let known = Set((former?.virtualServers ?? []).flatMap { lines(aboutResting: false, $0) })
        return configuration.virtualServers.flatMap { lines(aboutResting: false, $0) }.filter { !known.contains($0) }
    }

    private static func line(about event: PipeEvent) -> String {
        switch event {
        case .unusable(let path, let reason): "Unable to open notify fifo \(path): \(reason)"
        case .linesLost(let path, let count): "\(count) lines for the fifo \(path) were lost: nobody reads it"
        case .readerEnded(let path, let reason, let seconds):
            "Script of the fifo \(path) ended: \(reason); started again in \(seconds) s"
        }
    }

    private static func lines(about event: MailEvent) -> [String] {
        switch event {
        case .sent(let server):
            return (server.map { ["Remote SMTP server \($0.bracketed) connected."] } ?? []) + [
                "SMTP alert successfully sent."
            ]
        case .failed(let subject, let reason, _, let isGivenUp):
            return ["SMTP alert failed, \(isGivenUp ? "given up" : "to be tried again"): \(reason): \(subject)"]
        case .withoutRecipient(let subject): return ["SMTP alert failed: no recipient is an address: \(subject)"]
        case .dropped(let subject): return ["SMTP alert failed: too many are waiting: \(subject)"]
        case .manyDropped(let count): return ["SMTP alert failed: \(count) were dropped"]
        case .unsent(let count): return ["SMTP alert failed: \(count) were not sent before the end"]
        }
    }
}
