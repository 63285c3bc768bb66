/// Where the files of a director's state are written.
package struct StateFileNames: Hashable, Sendable {
    private let folder: String
    /// What takes the place of the beginning of each name, up to the first `_`; nil for nothing.
    private let stem: String?
    /// What is behind a name, with its full stop.
    private let end: String

    /// Chooses names.
    ///
    /// - Parameters:
    ///   - wanted: what a configuration wants: a path with a name and an end of its own, or a folder with a slash behind it.
    ///   - folder: where they are unless it wants something.
    ///   - suffix: what tells them from those of other directors; nil for nothing.
    package init(_ wanted: String?, folder: String, suffix: String?) {
        let name = wanted?.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let isLong = wanted.map { $0.utf8.count > name.utf8.count + 1 } ?? false
        self.folder =
            wanted.map { isLong ? String($0.dropLast(name.count + 1)) : $0.hasPrefix("/") ? "" : "." } ?? folder
        let stop = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
        stem = name.isEmpty ? nil : String(name[..<(stop ?? name.endIndex)])
        end = (suffix.map { ".\($0)" } ?? "") + (name.isEmpty ? ".data" : String(name[(stop ?? name.endIndex)...]))
    }

    /// The path of a file.
    package func path(of file: StateFile) -> String {
        guard let stem else { return "\(folder)/\(file.name)\(end)" }
        let part = file.name.firstIndex(of: "_").map { file.name[$0...] } ?? ""
        return "\(folder)/\(stem)\(part)\(end)"
    }
}
