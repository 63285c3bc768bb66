/// A file whose number is tracked, with the name that trackers have (`track_file`).
package struct NumberedFile: Hashable, Sendable {
    /// The name that trackers have.
    package var name: String
    /// The file.
    package var file: TrackedFile

    /// Makes a file with a name.
    package init(_ name: String, file: TrackedFile) {
        self.name = name
        self.file = file
    }
}
