/// Writes a configuration out with all that is in effect: `directrix show`.
package protocol ConfigurationWriter: Sendable {
    /// A file of the same meaning, in which every default, inherited value and resolved name is written.
    ///
    /// - Parameter hidesSecrets: whether a word stands in the place of every login, password and shared secret.
    func text(hidesSecrets: Bool) -> String

    /// The same for programs, by the names that the language has.
    func document(hidesSecrets: Bool) -> DocumentValue
}

/// A value of a configuration in a form that programs read.
package enum DocumentValue: Hashable, Sendable {
    case string(String)
    case number(Int)
    /// A time, which is told in seconds.
    case time(Duration)
    case boolean(Bool)
    case list([DocumentValue])
    /// Members under their names, in their order.
    case object([Member])
    /// Nothing is set, and nothing holds by default.
    case absent

    /// A value under its name.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: DocumentValue

        /// Names a value.
        package init(_ name: String, _ value: DocumentValue) {
            self.name = name
            self.value = value
        }
    }
}
