import Failover
import Time
import VRRP

/// One history of an election, from the start of its nodes to calm.
package enum ElectionHistory {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The promises that were not kept, the first one first.
        package var violations: [String]
        /// What was done, with the moment of each; empty unless it was asked for.
        package var trace: [String]
    }

    /// Runs the history of a seed.
    ///
    /// - Parameter rules: rules of a model that takes the place of all nodes; nil for what the seed makes.
    package static func run(seed: UInt64, rules: ReferenceRules? = nil, isTraced: Bool = false) -> Outcome {
        run(ElectionPlan(seed: seed, rules: rules), isTraced: isTraced)
    }

    /// Runs a history.
    package static func run(_ plan: ElectionPlan, isTraced: Bool = false) -> Outcome {
        var world = ElectionWorld(plan, isTraced: isTraced)
        world.begin()
        for step in plan.steps where world.promises.violations.isEmpty {
            world.run(until: world.now + .milliseconds(step.gap))
            guard world.promises.violations.isEmpty else { break }
            world.checkCalm()
            world.note("--- \(step.event)")
            world.happens(step.event)
        }
        if world.promises.violations.isEmpty {
            world.run(until: max(world.now, world.promises.calmAt) + .seconds(3))
            world.checkCalm()
            world.promises.conclude(at: world.now)
        }
        return Outcome(violations: world.promises.violations, trace: world.trace)
    }

    /// The smallest plan that still breaks a promise: without what does not matter, and with half the time where that is enough.
    package static func shrunk(_ plan: ElectionPlan) -> ElectionPlan {
        var plan = plan
        func fails(_ plan: ElectionPlan) -> Bool { !run(plan).violations.isEmpty }
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for place in plan.steps.indices.reversed() {
                var fewer = plan
                let step = fewer.steps.remove(at: place)
                if place < fewer.steps.count { fewer.steps[place].gap += step.gap }
                if fails(fewer) { (plan, isSmaller) = (fewer, true) }
            }
            for place in plan.steps.indices where plan.steps[place].gap > 1000 {
                var shorter = plan
                shorter.steps[place].gap /= 2
                if fails(shorter) { (plan, isSmaller) = (shorter, true) }
            }
        }
        return plan
    }
}
