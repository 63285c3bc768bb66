import Glibc

/// A story told to both programs, each in a fresh namespace: a block of a file in `Fixtures/differential`.
struct Scenario: Sendable, CustomStringConvertible {
    /// A command line with what it reads.
    struct Step: Sendable {
        /// `ipvsadm`, `ipvsadm-save`, `ipvsadm-restore`, or `sh` for a preparation that is the same for both.
        var program: String
        var arguments: [String]
        var input = ""
        /// The key of the difference that is expected here.
        var difference: String?
        /// Where the step stands, for messages.
        var place: String
    }

    let description: String
    var steps: [Step] = []

    /// All scenarios of all files.
    static func all() throws -> [Scenario] {
        let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Fixtures/differential"
        let files = try names(in: folder).filter { $0.hasSuffix(".txt") }.sorted()
        return try files.flatMap { try read(folder + "/" + $0, name: $0) }
    }

    private static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw Unreadable(path: folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            withUnsafeBytes(of: entry.pointee.d_name) { name in
                names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        return names
    }

    private static func read(_ path: String, name: String) throws -> [Scenario] {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        var scenarios: [Scenario] = []
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        for (index, line) in lines.enumerated() {
            let place = "\(name):\(index + 1)"
            if line.hasPrefix("## ") {
                scenarios.append(Scenario(description: "\(name): \(line.dropFirst(3))"))
                continue
            }
            guard !scenarios.isEmpty else { continue }
            let last = scenarios.count - 1
            let lastStep = scenarios[last].steps.count - 1
            if line == "<", lastStep >= 0 {
                scenarios[last].steps[lastStep].input += "\n"
            } else if line.hasPrefix("$ ") {
                var words = words(String(line.dropFirst(2)))
                let program = words.isEmpty ? "" : words.removeFirst()
                scenarios[last].steps.append(Step(program: program, arguments: words, place: place))
            } else if line.hasPrefix("< "), lastStep >= 0 {
                scenarios[last].steps[lastStep].input += line.dropFirst(2) + "\n"
            } else if line.hasPrefix("<|"), lastStep >= 0 {
                scenarios[last].steps[lastStep].input += line.dropFirst(2)
            } else if line.hasPrefix("! "), lastStep >= 0 {
                scenarios[last].steps[lastStep].difference = String(line.dropFirst(2))
            } else if !line.isEmpty, !line.hasPrefix("#") {
                throw Unreadable(path: place)
            }
        }
        return scenarios
    }

    /// Splits a command line at blanks, except between single quotes.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let finished = word { words.append(finished) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }

    /// A fixture that is not there or not in this form.
    struct Unreadable: Error {
        let path: String
    }
}
