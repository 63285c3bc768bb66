package import Dialogues

extension CheckResult {
    /// Layer and text, for people.
    package var reason: String { text.isEmpty ? "\(layer)" : "\(layer): \(text)" }
}
