import Failover

/// The actions of one call, as they come about.
typealias NodeActions = [NodeAction]

extension RouterMachine {
    /// Tells of something, with the state and the priority of the moment.
    func tell(_ matter: RouterMatter, _ actions: inout NodeActions) {
        actions.append(.tell(.router(settings.name, matter, state: state, priority: priority)))
    }
}
