import Configuration
import Director
import System

/// The scripts that virtual routers track: each run by itself, and told whether it passes.
final class TrackedScripts {
    private let loop: EventLoop
    private let onEvent: (FailoverEvent) -> Void
    private let onVerdict: (_ name: String, _ isPassing: Bool) -> Void
    private var runners: [String: ScriptRunner] = [:]
    private var isGuarded = true
    /// Those that are not wanted any more, until what runs of them has ended.
    private var departing: [ScriptRunner] = []

    /// Makes a runner of no scripts.
    ///
    /// - Parameters:
    ///   - onEvent: told what is to be said.
    ///   - onVerdict: told whether a script passes, each time that this is new.
    init(
        on loop: EventLoop,
        onEvent: @escaping (FailoverEvent) -> Void,
        onVerdict: @escaping (_ name: String, _ isPassing: Bool) -> Void
    ) {
        self.loop = loop
        self.onEvent = onEvent
        self.onVerdict = onVerdict
    }

    /// Runs these scripts from now on, and no others; one that is as before goes on, with its results.
    ///
    /// - Parameter isGuarded: whether none is run as root that others could change.
    func change(to scripts: [TrackedScript], isGuarded: Bool) {
        let keepsAll = isGuarded == self.isGuarded
        self.isGuarded = isGuarded
        var former = runners
        runners = [:]
        for script in scripts where runners[script.name] == nil {
            if keepsAll, let runner = former[script.name], runner.script == script {
                former[script.name] = nil
                runners[script.name] = runner
            } else {
                runners[script.name] = runner(of: script)
            }
        }
        departing.removeAll(where: \.isOver)
        for runner in former.values {
            runner.leave()
            departing.append(runner)
        }
    }

    /// Whether each script passes of which that is known.
    var verdicts: [String: Bool] { runners.compactMapValues(\.isPassing) }

    /// Whether no run goes on.
    var isIdle: Bool { runners.values.allSatisfy(\.isOver) && departing.allSatisfy(\.isOver) }

    /// Runs no script any more, and tells those that run to end.
    func close() { change(to: [], isGuarded: isGuarded) }

    /// Ends all runs at once.
    func end() {
        close()
        for runner in departing { runner.end() }
    }

    private func runner(of script: TrackedScript) -> ScriptRunner {
        let name = script.name
        return ScriptRunner(on: loop, script, isGuarded: isGuarded) { [weak self] event in
            self?.onEvent(.script(name, event))
        } onVerdict: { [weak self] isPassing in
            self?.onVerdict(name, isPassing)
        }
    }
}
