/// Where a setting stands that holds for the whole configuration.
package struct SettingPlace: Hashable, Sendable {
    /// The file; nil for the main one.
    package let file: String?
    /// The line, from 1.
    package let line: Int

    /// Names a place.
    package init(file: String? = nil, line: Int) {
        self.file = file
        self.line = line
    }
}
