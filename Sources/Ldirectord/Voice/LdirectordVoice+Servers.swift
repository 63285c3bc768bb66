import Configuration
import Dialogues
import Director
import IPVS

// What is said of real servers and their results.

extension LdirectordVoice {
    func utterances(about real: RealServer, _ matter: ServerEvent, of event: DirectorEvent) -> [Utterance] {
        let virtual = event.virtual
        let what = "Real server \(real.text) (\(virtual.text))"
        let counted = "\(real.text) (\(virtual.identity))"
        return switch matter {
        case .checked(let result): recorded(result, real, event)
        case .checkedInMaintenance: recorded(Self.maintenance, real, event)
        case .unasked(let result): [.log("\(what) could not be asked: \(result.reason)")]
        case .softFailure(_, let count, let limit):
            [.log("Soft failure real server: \(counted) failure \(count)/\(limit)")]
        case .recovered: [.log("Resetting soft failure count: \(counted)")]
        case .down(let result): [.log("\(what) is down: \(result.reason)")]
        case .stillDown(let result): [.log("\(what) is still down: \(result.reason)")]
        case .up(let result, failures: 0): [.log("\(what) is up: \(result.reason)")]
        case .up(let result, _):
            [.log("Resetting soft failure count: \(counted)"), .log("\(what) is up: \(result.reason)")]
        case .check, .weighted, .turned: []
        case .maintenanceBegun: [.log("\(what) is down: \(Self.maintenance.text)")]
        case .maintenanceEnded: [.log("\(what) is no longer in maintenance")]
        case .absent:
            Self.mailed(
                "Inaccessible real server: \(real.destination(in: virtual.service).endpoint) (\(virtual.text))",
                event
            )
        }
    }

    /// What monitor files are told instead of the results of a server in maintenance.
    private static let maintenance = CheckResult(.down, .administrative, text: "Server in maintenance")

    private func recorded(_ result: CheckResult, _ real: RealServer, _ event: DirectorEvent) -> [Utterance] {
        guard let file = event.virtual.monitorFile,
            let line = MonitorLine(file: file, event.virtual, real, check: event.check ?? 0, result)
        else {
            return []
        }
        return [.record(line)]
    }
}
