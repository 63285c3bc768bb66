/// A program that a file names.
package struct NamedProgram: Hashable, Sendable {
    /// What it is to be.
    package let kind: ExternalCheck.Kind
    /// Its path, or the name that is looked for in `PATH`.
    package let name: String

    /// Names a program.
    package init(_ kind: ExternalCheck.Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}
