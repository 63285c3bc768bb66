import VRRP

extension RouterEvent {
    /// What is said of an event while no director is there to say it in full; nil for what can wait.
    var shortText: String? {
        switch self {
        case .router(let name, .entered(let state), _, let priority): "(\(name)) \(state) by priority \(priority)"
        case .router(let name, .faultBegan(let reason), _, _): "(\(name)) in fault: \(reason)"
        case .router(let name, .twoMasters(let other, let difference), _, _):
            "(\(name)) is master, and so is \(other), which differs: \(difference)"
        case .router(let name, .notSet(let entry, let error), _, _): "(\(name)) \(entry) was not set: \(error)"
        case .node(.trackersHeld): "the director is gone: what it found last is held"
        case .router, .group, .node: nil
        }
    }
}
