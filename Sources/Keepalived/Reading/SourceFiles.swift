package import Diagnostics

/// The files that a configuration was read from, which say what stands at a place.
package struct SourceFiles: Sendable {
    private var files: [File] = []
    private var expansions: [Expansion] = []

    private struct File: Sendable {
        let name: String
        /// The folder that it is in, with which names in it begin.
        let folder: String
        let bytes: [UInt8]
        let characters: CharacterCounts
        /// The offset of each line that was begun, the first of them 0.
        var lines = [0]
    }

    /// The most places that a diagnostic names beside its own.
    private static let mostOrigins = 8

    /// How many files there are.
    var count: Int { files.count }
    /// How many expansions were noted.
    var expansionCount: Int { expansions.count }

    /// Takes in a file, whose lines are noted as they are read.
    mutating func add(name: String, folder: String, bytes: [UInt8]) -> Int32 {
        files.append(File(name: name, folder: folder, bytes: bytes, characters: CharacterCounts(of: bytes)))
        return Int32(clamping: files.count - 1)
    }

    /// Notes that a further line of the file begins at an offset.
    mutating func beginLine(at offset: Int, of file: Int32) {
        files[Int(file)].lines.append(offset)
    }

    /// Notes what brings text to a place.
    mutating func add(_ cause: Expansion.Cause, at place: Place, length: Int) -> Int32 {
        let depth = expansion(of: place).map { $0.depth + 1 } ?? 1
        expansions.append(Expansion(cause: cause, place: place, length: Int32(clamping: length), depth: depth))
        return Int32(clamping: expansions.count - 1)
    }

    /// The contents of a file.
    func bytes(of file: Int32) -> [UInt8] { files[Int(file)].bytes }

    /// The name of a file, as it was given or as it was found.
    func name(of file: Int32) -> String { files[Int(file)].name }

    /// The folder of a file.
    func folder(of file: Int32) -> String { files[Int(file)].folder }

    /// The name of the file that a place is in.
    package func name(at place: Place) -> String { name(of: place.file) }

    /// What brought the text of a place there; nil for what stands in the main file itself.
    func expansion(of place: Place) -> Expansion? {
        place.expansion == Place.none ? nil : expansions[Int(place.expansion)]
    }

    /// Describes what is wrong with so many bytes at a place.
    package func diagnostic(
        _ severity: Diagnostic.Severity,
        at place: Place,
        length: Int,
        message: String,
        expected: String? = nil,
        note: String? = nil
    ) -> Diagnostic {
        let line = line(of: place)
        let start = min(line.startIndex + max(0, Int(place.column) - 1), line.endIndex)
        let shown = SecretPart.hidden(in: line, start..<min(start + max(0, length), line.endIndex))
        return Diagnostic(
            severity,
            file: name(at: place),
            fileNumber: Int(place.file),
            line: Int(place.line),
            bytes: shown.line,
            place: shown.place,
            column: column(of: place),
            message: message,
            expected: expected,
            note: note,
            origins: origins(of: place)
        )
    }

    /// The bytes of the line at a place, without what ends it.
    private func line(of place: Place) -> ArraySlice<UInt8> {
        let file = files[Int(place.file)]
        guard file.lines.indices.contains(Int(place.line) - 1) else { return [] }
        let rest = file.bytes[file.lines[Int(place.line) - 1]...]
        let line = rest.prefix { $0 != 0x0a }
        return line.last == 0x0d ? line.dropLast() : line
    }

    /// The character of the line at a place; the first is 1.
    private func column(of place: Place) -> Int {
        let file = files[Int(place.file)]
        guard file.lines.indices.contains(Int(place.line) - 1) else { return Int(place.column) }
        let start = file.lines[Int(place.line) - 1]
        let end = start + max(0, Int(place.column) - 1)
        return file.characters.characters(before: end, in: file.bytes)
            - file.characters.characters(before: start, in: file.bytes) + 1
    }

    private func origins(of place: Place) -> [Diagnostic.Origin] {
        var origins: [Diagnostic.Origin] = []
        var place = place
        while let expansion = expansion(of: place), origins.count < Self.mostOrigins {
            place = expansion.place
            origins.append(
                Diagnostic.Origin(
                    file: name(at: place),
                    line: Int(place.line),
                    column: column(of: place),
                    text: expansion.text
                )
            )
        }
        return origins
    }
}
