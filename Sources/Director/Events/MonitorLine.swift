/// A line of a monitor file, but for the time and the process that are written before it.
package struct MonitorLine: Hashable, Sendable {
    /// The path of the file.
    package let file: String
    /// Identity, `[up]` or `[down]`, and the text of the result.
    package let text: String

    /// Makes a line for that file.
    package init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}
