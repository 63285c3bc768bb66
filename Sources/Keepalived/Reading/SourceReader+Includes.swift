import Configuration

// Lines that include files.

extension SourceReader {
    /// The word that a line includes files with; nil where it is another line.
    func includeKeyword(of line: SourceLine) -> Range<Int>? {
        let bytes = line.bytes
        guard bytes.starts(with: Self.shortestKeyword) else { return nil }
        let end = bytes.firstIndex(where: \.isBlank) ?? bytes.endIndex
        guard end - bytes.startIndex <= Self.longestKeyword,
            IncludeRequest.keywords[String(decoding: bytes[..<end], as: UTF8.self)] != nil
        else { return nil }
        return bytes.startIndex..<end
    }

    private static let shortestKeyword = Array("include".utf8)
    private static let longestKeyword = 8

    /// Includes what a line names, or asks for it.
    mutating func include(_ line: SourceLine, _ keyword: Range<Int>) {
        let rest = line[keyword.upperBound..<line.bytes.endIndex].trimmed
        let word = String(decoding: line.bytes[keyword], as: UTF8.self)
        guard !rest.isEmpty else {
            return findings.error(
                "\(word) without a file",
                at: line.place(at: keyword.lowerBound),
                length: keyword.count,
                expected: "\(word) FILE"
            )
        }
        let (place, length) = rest.extent(of: rest.bytes.indices, in: findings.sources)
        let pattern = String(decoding: rest.bytes, as: UTF8.self)
        guard rest.bytes.count <= Self.longestPattern, let alternatives = IncludeRequest.alternatives(of: pattern)
        else {
            return findings.error("a pattern that stands for too many files", at: place, length: length)
        }
        let folder = findings.sources.folder(of: place.file)
        let request = IncludeRequest(
            pattern: pattern,
            place: place,
            length: length,
            demands: (IncludeRequest.keywords[word] ?? []).union(word == "include" ? demands : []),
            questions: alternatives.map { FileQuestion(pattern: $0, folder: folder) }
        )
        if request.questions.contains(where: { answers[$0] == nil }) {
            guard answers.count <= bounds.mostFiles else {
                return stop("more than \(bounds.mostFiles) files are included", at: place, length: length)
            }
            self.request = request
        } else {
            include(request)
        }
    }

    /// More than any path has.
    private static let longestPattern = 4096

    /// Includes the files that were found.
    mutating func include(_ request: IncludeRequest) {
        let found = request.questions.map { answers[$0] ?? [] }
        noteMissing(found, request)
        let expansion = findings.sources.add(.include, at: request.place, length: request.length)
        // The last one lies deepest in the stack.
        for file in found.joined().reversed() {
            switch file.kind {
            case .contents(let bytes): begin(bytes, of: file.path, request, expansion)
            case .folder: complain("is a folder, and is not read", file, request)
            case .executable: complain("is a program, going by its permissions, and is not read", file, request)
            case .special: complain("is no ordinary file, and is not read", file, request)
            case .unreadable(let reason):
                complain("cannot be read: \(reason)", file, request, isError: request.demands.contains(.read))
            }
            if isStopped { return }
        }
    }

    private mutating func begin(_ bytes: [UInt8], of path: String, _ request: IncludeRequest, _ expansion: Int32) {
        var depth = 0
        for case .file(let frame) in frames where frame.expansion != expansion {
            depth += 1
            guard findings.sources.name(of: frame.file) == path else { continue }
            return findings.error(
                "\(path) includes itself",
                at: request.place,
                length: request.length,
                note: "keepalived reads it until it has no more files open"
            )
        }
        guard depth < ReadingBounds.deepest else {
            return findings.error(
                "files included in each other deeper than \(ReadingBounds.deepest)",
                at: request.place,
                length: request.length
            )
        }
        guard findings.sources.count < bounds.mostFiles, bounds.addFile(bytes.count) else {
            return stop(
                "more than \(bounds.mostFiles) files, or \(bounds.mostBytesOfFiles) bytes, are included",
                at: request.place,
                length: request.length
            )
        }
        begin(bytes, name: path, expansion: expansion)
    }

    private mutating func complain(_ what: String, _ file: FoundFile, _ request: IncludeRequest, isError: Bool = false)
    {
        if isError {
            findings.error("\(file.path) \(what)", at: request.place, length: request.length)
        } else {
            findings.warning("\(file.path) \(what)", at: request.place, length: request.length)
        }
    }

    /// Tells of a pattern, or alternatives of it, that nothing was found for.
    private mutating func noteMissing(_ found: [[FoundFile]], _ request: IncludeRequest) {
        let missing = zip(request.questions, found).filter { $1.isEmpty }.map(\.0.pattern)
        guard let first = missing.first else { return }
        let isAll = missing.count == found.count
        var broken = request.demands.contains(.brace) && request.hasBraces
        if isAll { broken = broken || missing.contains { request.demands.contains(IncludeRequest.demand(of: $0)) } }
        let message =
            isAll
            ? "no file is found for \(request.pattern)"
            : "no file is found for \(missing.count == 1 ? first : "\(missing.count) alternatives of the pattern, such as \(first)")"
        if broken {
            findings.error(message, at: request.place, length: request.length)
        } else {
            findings.warning("\(message), and none is included", at: request.place, length: request.length)
        }
    }
}

extension IncludeRequest.Demands {
    /// The demands that words of `include_check` make of others; without a word all of them.
    init(_ words: [String], changing old: Self) {
        var demands = words.isEmpty ? .all : old
        var isFirst = true
        for word in words {
            let sign = word.utf8.first
            let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
            guard let demand = Self(named: isSigned ? word.dropFirst() : word[...]) else { continue }
            if sign == UInt8(ascii: "-") {
                demands.subtract(demand)
            } else {
                if !isSigned, isFirst { demands = [] }
                demands.formUnion(demand)
            }
            if !isSigned { isFirst = false }
        }
        self = demands
    }
}

extension String {
    /// The folder of a path, without the last slash; empty where it is relative and has none.
    var folder: String {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
