/// A file whose first line says when the configuration is loaded again.
package struct ReloadSchedule: Hashable, Sendable {
    /// The path of the file, which need not be there.
    package var path: String
    /// Whether a time without a date counts every day; otherwise the file is removed when its time has come.
    package var isDaily: Bool

    /// Names a file.
    package init(path: String, isDaily: Bool = false) {
        self.path = path
        self.isDaily = isDaily
    }
}
