/// A program that a file names.
package struct NamedProgram: Hashable, Sendable {
    /// What it is to be.
    package let kind: ExternalCheck.Kind
    /// Its path, or the name that is looked for in `PATH`.
    package let name: String
    /// Whether it is of no use where anybody but root could change it, since it runs as root.
    package let mustBeSafe: Bool

    /// Names a program.
    package init(_ kind: ExternalCheck.Kind, _ name: String, mustBeSafe: Bool = false) {
        self.kind = kind
        self.name = name
        self.mustBeSafe = mustBeSafe
    }
}
