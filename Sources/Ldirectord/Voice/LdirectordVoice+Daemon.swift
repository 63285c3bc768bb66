package import Director

// What is said of the process.

extension LdirectordVoice {
    package func lines(for event: DaemonEvent) -> [String] {
        switch event {
        case .started(let invocation, let process):
            let manner = process.map { "with pid: \($0)" } ?? "as daemon"
            return (invocation.map { ["Invoking ldirectord invoked as: \($0)"] } ?? []) + [
                "Starting Directrix \(manner)"
            ]
        // ldirectord is silent about these, or has none of them.
        case .begun, .stateWanted, .stopWanted, .ending, .replaced, .failover: return []
        case .terminated(let signal): return ["Linux Director Daemon terminated on signal: \(signal)"]
        case .kernelLate: return ["The kernel did not answer in time; its table may not be as it should be"]
        case .reloadWanted: return ["Reloading Linux Director Daemon config on signal"]
        case .fileChanged(let path, let isLoaded):
            return [
                "Configuration file '\(path)' has changed on disk",
                isLoaded ? " - reread new configuration" : " - ignore new configuration",
            ]
        case .fileUnsettled(let path):
            return ["Configuration file '\(path)' is still being written; it is looked into when it is closed"]
        case .fileGone(let path): return ["can not open file \(path) for checking"]
        case .loadSlow(let path):
            return ["Configuration file '\(path)' takes long to be read; what is in force stays so"]
        case .reloadPlanned(let time):
            return [time.map { "The next reload is at \($0)" } ?? "No reload is planned any more"]
        case .reloadTimeUnusable(let text, let isPast):
            return ["'\(text)' \(isPast ? "has passed" : "is no time of a reload")"]
        case .loaded(let path): return ["Configuration file '\(path)' is loaded"]
        case .loadFailed(let path, let reason):
            let outcome = "Configuration file '\(path)' is not loaded; what was in force stays in force"
            return (reason.map { [$0] } ?? []) + [outcome]
        case .maintenanceFolderMissing(let path): return ["maintenance directory '\(path)' does not exist"]
        case .tableUnreadable(let reason): return ["The kernel's table cannot be read: \(reason)"]
        case .tableReadable: return ["The kernel's table can be read again"]
        case .startProgramRun(let line), .stopProgramRun(let line): return ["system(\(line))"]
        case .commandFailed(let line, let reason): return ["system(\(line)) failed: \(reason)"]
        case .commandSaid(let line, let words): return ["system(\(line)): \(words)"]
        case .mail(let mail): return line(about: mail).map { [$0] } ?? []
        case .pipe(let pipe): return [line(about: pipe)]
        case .recordsFailed(let path, let reason): return ["Error writing to monitorfile '\(path)': \(reason)"]
        case .recordsWritten(let path): return ["monitorfile '\(path)' is written again"]
        case .recordsLost(let count):
            return ["\(count) lines for monitor files were lost: they are written too slowly"]
        case .linesLeftOut(let count, let seconds, let tally):
            let line = "\(count) more lines in \(seconds) s are left out"
            guard let tally else { return [line] }
            return [
                "and \(tally.changedCount) more servers changed, \(tally.upCount) of \(tally.count) are up now; \(line)"
            ]
        case .status(let status):
            return [status.map { "status: \($0)" } ?? "status: the configuration is being read"]
        case .checks(let count, let lag):
            return ["checks: \(count) in flight, the latest started \(lag) ms late"]
        }
    }

    private func line(about event: PipeEvent) -> String {
        switch event {
        case .unusable(let path, let reason): "named pipe '\(path)' cannot be used: \(reason)"
        case .linesLost(let path, let count): "\(count) lines for the named pipe '\(path)' were lost: nobody reads it"
        case .readerEnded(let path, let reason, let seconds):
            "the program that reads the named pipe '\(path)' ended: \(reason); started again in \(seconds) s"
        }
    }

    /// The line about a mail; nil for one that is sent, about which ldirectord is silent.
    private func line(about event: MailEvent) -> String? {
        switch event {
        case .sent: return nil
        case .failed(let subject, let reason, let isToServer, let isGivenUp):
            let kind = isToServer ? "SMTP email message" : "email message"
            return "failed to send \(kind), \(isGivenUp ? "given up" : "to be tried again"): \(reason): \(subject)"
        case .withoutRecipient(let subject):
            return "failed to send email message: no recipient is an address: \(subject)"
        case .dropped(let subject): return "failed to send email message: too many are waiting: \(subject)"
        case .manyDropped(let count): return "failed to send email message: \(count) were dropped"
        case .unsent(let count): return "failed to send email message: \(count) were not sent before the end"
        }
    }
}
