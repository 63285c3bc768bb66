package import Diagnostics

extension Diagnostic {
    /// The line that ldirectord has for an error or a warning in its file, with the number of the process that says so.
    package func ldirectordLine(of process: Int32) -> String {
        let kind = severity == .error ? "Error" : "Warning"
        return "\(kind) [\(process)] reading file \(file) at line \(line): \(message)"
    }
}
