import Glibc
import TestKit

/// A network namespace in which one director plays a scenario.
final class ScenarioStage {
    private let director: PlayedDirector
    private let stage: DirectorStage

    /// Prepares the namespace of the calling thread.
    init(_ director: PlayedDirector) throws {
        self.director = director
        stage = try DirectorStage()
    }

    /// Plays a scenario.
    ///
    /// - Returns: the first step that went wrong; nil when all went well.
    func play(_ scenario: DirectorScenario) throws -> Discrepancy? {
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
                if let found = try DirectorStage.discrepancy(from: wanted, stage.table) {
                    return Discrepancy(step: index, expected: wanted, found: found, log: try stage.kill())
                }
            }
        }
        stage.stop()
        return nil
    }
}
