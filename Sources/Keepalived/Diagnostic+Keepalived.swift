package import Diagnostics

extension Diagnostic {
    /// The line of the log about it: its place in the way of all diagnostics, and what is wrong.
    package var keepalivedLine: String {
        let kind = severity == .warning ? "warning: " : ""
        return "\(file):\(line):\(column): \(kind)\(message)" + (expected.map { "; expected \($0)" } ?? "")
    }
}
