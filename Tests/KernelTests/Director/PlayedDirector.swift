import TestKit
import Testing

/// Whose director plays a scenario.
enum PlayedDirector: Sendable {
    case original
    case ours

    /// Has both play scenarios at the same time, each in a network namespace of its own, and records what went wrong.
    ///
    /// - Parameters:
    ///   - name: what a scenario is called.
    ///   - play: plays it to the end, and gives the first step that went wrong; nil when all went well.
    static func both<Scenario: Sendable>(
        play scenarios: some Sequence<Scenario>,
        name: (Scenario) -> String,
        _ play: @escaping @Sendable (Scenario, PlayedDirector) throws -> Discrepancy?
    ) throws {
        let plays = try scenarios.flatMap { scenario in
            try [PlayedDirector.original, .ours].map { director in
                let work = try BackgroundWork { try Namespace.fresh { try play(scenario, director) } }
                return (name(scenario), director, work)
            }
        }
        for (name, director, work) in plays {
            do {
                let discrepancy = try work.finish()
                #expect(discrepancy == nil, "\(name), \(director): \(discrepancy.map(String.init(describing:)) ?? "")")
            } catch {
                Issue.record("\(name), \(director): \(error)")
            }
        }
    }
}

extension Array {
    /// The elements in their order, so many at a time.
    func groups(of count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
