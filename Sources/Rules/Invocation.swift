/// A command with what was said about how to carry it out.
package struct Invocation: Hashable, Sendable {
    package var command: Command
    /// `--netns NAME`: the network namespace to work in.
    package var namespace: String?
    /// `--explain`: say what is behind an error even when nobody may be reading it.
    package var explains = false

    package init(command: Command, namespace: String? = nil, explains: Bool = false) {
        self.command = command
        self.namespace = namespace
        self.explains = explains
    }
}
