import Addresses
import Glibc
import IPVS
import Rules
import TestKit

/// A network namespace in which one director plays a scenario.
final class ScenarioStage {
    /// Whose director it is.
    enum Director: Sendable {
        case original
        case ours
    }

    /// A step after which the table was not what it should be.
    struct Discrepancy: Sendable, CustomStringConvertible {
        let step: Int
        let expected: String
        let found: String
        let log: String

        var description: String { "step \(step): expected\n\(expected)found\n\(found)\(log)" }
    }

    private let director: Director
    private let stage: DirectorStage
    /// A director's table must stay the same for longer than a round of its checks takes.
    private static let rest = Duration.seconds(3)

    /// Plays a scenario in a namespace of its own.
    ///
    /// - Returns: the first step that went wrong; nil when all went well.
    static func play(_ scenario: DirectorScenario, _ director: Director) throws -> Discrepancy? {
        try Namespace.fresh { try ScenarioStage(director).play(scenario) }
    }

    private init(_ director: Director) throws {
        self.director = director
        stage = try DirectorStage()
    }

    private func play(_ scenario: DirectorScenario) throws -> Discrepancy? {
        try stage.write(scenario.configuration)
        for (index, step) in scenario.steps.enumerated() {
            switch step {
            case .start:
                switch director {
                case .original: try stage.start("/usr/sbin/ldirectord")
                case .ours: try stage.start()
                }
            case .stop: stage.stop()
            case .reload(let configuration): try stage.reload(configuration)
            case .open(let number): try stage.open(number)
            case .close(let number): stage.close(number)
            case .run(let command): try stage.run(command)
            case .make(let name): try stage.run("touch FOLDER/\(name)")
            case .remove(let name): try stage.run("rm FOLDER/\(name)")
            case .ipvsadm(let words): try stage.run("\(Lab.programs)/ipvsadm \(words)")
            case .rest(let expected, let original, _):
                let wanted = (director == .original ? original : nil) ?? expected
                let found = try tableAtRest(wanted)
                if found != wanted {
                    return Discrepancy(step: index, expected: wanted, found: found, log: try stage.kill())
                }
            }
        }
        stage.stop()
        return nil
    }

    /// The table, as soon as it has been the wanted one for some time, or when patience has run out.
    private func tableAtRest(_ wanted: String) throws -> String {
        let end = ContinuousClock.now + .seconds(DirectorStage.patience)
        var reached: ContinuousClock.Instant?
        while true {
            let found = try table()
            let now = ContinuousClock.now
            reached = found == wanted ? reached ?? now : nil
            if let reached, now - reached >= Self.rest { return found }
            if now >= end { return found }
            usleep(100_000)
        }
    }

    /// The table in the words of `-Sn`, sorted.
    private func table() throws -> String {
        var bytes: [UInt8] = []
        var services = try stage.kernel.snapshot().services
        services.sort { $0.service.key < $1.service.key }
        for index in services.indices {
            services[index].destinations.sort { $0.destination.endpoint < $1.destination.endpoint }
        }
        RuleWriter().write(Snapshot(services: services), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
