import IPVS

extension IPVSError {
    /// Whether a change that failed so is known not to have taken effect.
    var isCertain: Bool { if case .refused = self { true } else { false } }
}
