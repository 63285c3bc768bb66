/// Where something stands in the files of a configuration.
package struct FilePlace: Hashable, Sendable {
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
