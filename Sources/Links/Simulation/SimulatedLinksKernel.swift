/// The handle of one program on simulated links.
package final class SimulatedLinksKernel: LinksKernel {
    /// The number by which others know whose changes they are.
    package let port: UInt32
    /// What is refused though a kernel would do it: gives an error for a step.
    package var refusal: (LinkStep) -> LinksError? = { _ in nil }
    /// The number of steps that were asked for.
    package private(set) var stepCount = 0
    /// The number of looks.
    package private(set) var lookCount = 0
    private let links: SimulatedLinks
    private var makers: Set<UInt8> = []
    private var changes: [LinkChange] = []

    init(_ links: SimulatedLinks, port: UInt32) {
        self.links = links
        self.port = port
    }

    /// What there is of some parts; it throws nothing.
    package func look(_ parts: LinkParts, makers: Set<UInt8>) -> LinksSnapshot {
        if !parts.isDisjoint(with: [.routes, .rules]) { self.makers = makers }
        lookCount += 1
        return links.snapshot(parts, makers: makers)
    }

    /// Carries steps out in their order.
    package func apply(_ steps: [LinkStep]) -> LinkReport {
        var failures: [LinkReport.Failure] = []
        stepCount += steps.count
        for (index, step) in steps.enumerated() {
            do throws(LinksError) {
                if let error = refusal(step) { throw error }
                try links.carryOut(step, by: .port(port))
            } catch {
                failures.append(LinkReport.Failure(index: index, error: error))
            }
        }
        return LinkReport(steps, failures: failures)
    }

    /// The changes since the last time.
    package func takeChanges() -> [LinkChange] {
        defer { changes = [] }
        return changes
    }

    /// Loses what was not taken yet, as a socket does whose buffer is full.
    package func loseChanges() {
        changes = [LinkChange(.overrun(.all), by: .kernel)]
    }

    func hear(_ subject: LinkChange.Subject, by cause: LinkChange.Cause) {
        switch subject {
        case .route(let route) where !makers.contains(route.maker): return
        case .routeGone(let route) where !makers.contains(route.maker): return
        case .rule(let rule) where !makers.contains(rule.maker): return
        case .ruleGone(let rule) where !makers.contains(rule.maker): return
        default: changes.append(LinkChange(subject, by: cause == .port(port) ? .ourselves : cause))
        }
    }
}
