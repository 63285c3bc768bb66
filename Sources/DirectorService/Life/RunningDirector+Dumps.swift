import Configuration
import Director
import Keepalived
import System

// How the virtual routers stand, written to files when a signal asks for it.

extension RunningDirector {
    /// Writes what is configured and how it stands (SIGUSR1).
    func writeRouters() {
        failover?.ask { [unowned self] in
            guard let dump = failover?.dump else { return }
            let names = StateFileNames(
                director?.configuration.process.stateFile,
                folder: environment.stateFolder,
                suffix: options.stateFileSuffix
            )
            let writer = stateWriter
            let states = director?.states ?? []
            write {
                [StateFile(name: "keepalived", text: Self.globals(writer, states) + dump.data)]
            } at: {
                names.path(of: $0)
            }
        }
    }

    /// What is set for all, which stands before the virtual routers.
    private static func globals(_ writer: (any StateWriter)?, _ states: [PoolState]) -> String {
        writer?.files(of: states).first { $0.name == "keepalived_parent" }?.text ?? ""
    }

    /// Writes the counters (SIGUSR2).
    func writeCounters() {
        failover?.ask { [unowned self] in
            guard let failover, let dump = failover.dump else { return }
            let path = failover.configuration.statisticsFile ?? usualPath(end: "stats")
            write {
                [StateFile(name: path, text: dump.statistics)]
            } at: {
                $0.name
            }
        }
    }

    /// Writes the state as a document (SIGRTMIN+2).
    func writeDocument() {
        failover?.ask { [unowned self] in
            guard let failover, let dump = failover.dump else { return }
            let path = failover.configuration.documentFile ?? usualPath(end: "json")
            write {
                [StateFile(name: path, text: dump.document)]
            } at: {
                $0.name
            }
        }
    }

    /// The path of a file whose place the configuration does not say.
    private func usualPath(end: String) -> String {
        let suffix = options.stateFileSuffix.map { ".\($0)" } ?? ""
        return "\(environment.stateFolder)/keepalived\(suffix).\(end)"
    }

    /// Has files written by another thread, for the eyes of their owner.
    private func write(
        _ files: @escaping @Sendable () -> [StateFile],
        at path: @escaping @Sendable (StateFile) -> String
    ) {
        Background.begin(on: loop) { [folder = environment.stateFolder] in
            files().compactMap { file -> String? in
                do throws(SystemFailure) {
                    if path(file).hasPrefix("\(folder)/") { SystemFile.makeFolder(folder) }
                    try ReplacedFile.put(file.text, at: path(file), mode: 0o600)
                    return nil
                } catch {
                    return "\(path(file)): \(error)"
                }
            }
        } then: { [log] failures in
            for failure in failures ?? ["no thread could be had to write the state"] { log.write(failure) }
        }
    }
}
