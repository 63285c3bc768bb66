import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import Ldirectord
import Time

/// A director whose checks end as the demo says, on the kernel of the demo.
struct SimulatedDirector {
    private var director: Director
    private let kernel: SimulatedKernel
    private var checks: [ScheduledCheck] = []
    private var now = MonotonicTime(nanoseconds: 0)

    init(_ configuration: DirectorConfiguration, on kernel: SimulatedKernel) {
        director = Director(configuration)
        self.kernel = kernel
    }

    /// Starts with the table that is there.
    ///
    /// - Returns: what it logs.
    mutating func start() -> [String] {
        perform(director.started(with: kernel.snapshot().table, at: now))
    }

    /// A second later: one round of checks, in which the servers at these addresses fail.
    ///
    /// - Returns: what it logs.
    mutating func round(failing addresses: Set<String>) -> [String] {
        now = now + .seconds(1)
        var log: [String] = []
        for check in checks {
            let isUp = !addresses.contains("\(check.check.target.address)")
            let result =
                isUp
                ? CheckResult(.up, .dialogue(.passed), text: "200 OK")
                : CheckResult(.down, .transport(.refused), text: "Connection refused")
            log += perform(director.checked(check, result, at: now))
        }
        return log
    }

    /// Stops, and leaves the table as the configuration wants it.
    mutating func stop() -> [String] {
        perform(director.stopping(at: now))
    }

    private mutating func perform(_ actions: [DirectorAction]) -> [String] {
        var log: [String] = []
        var director = director
        director.carryOut(actions, at: now) { action in
            switch action {
            case .apply(let changes): return .applied(kernel.apply(changes))
            case .readTable: return .table(kernel.snapshot().table)
            case .schedule(let wanted): checks = wanted
            case .tell(let event):
                for case .log(let line) in LdirectordVoice().utterances(for: event) { log.append(line) }
            case .tellSetting(let event): log += LdirectordVoice().lines(for: event)
            case .hurry, .ready, .stopped: break
            }
            return nil
        }
        self.director = director
        return log
    }
}
