/// Reads files line by line into a tree.
package struct SourceReader: Sendable {
    private var findings = Findings()
    private let main: Int32

    /// Begins with the bytes of a file; `name` is how diagnostics call it.
    package init(_ bytes: [UInt8], name: String) {
        main = findings.sources.add(name: name, bytes: bytes)
    }

    /// Reads the file.
    package consuming func read() -> SourceTree {
        var tree = TreeBuilder()
        let bytes = findings.sources.bytes(of: main)
        var offset = 0
        var number: Int32 = 0
        while offset < bytes.endIndex {
            number += 1
            if number > 1 { findings.sources.beginLine(at: offset, of: main) }
            let end = bytes[offset...].firstIndex(of: 0x0a) ?? bytes.endIndex
            let line = SourceLine(bytes[offset..<end].withoutComment, at: Place(file: main, line: number))
            var tokens = LineTokens(line)
            while let token = tokens.next(in: findings.sources) { tree.add(token, to: &findings) }
            offset = end + 1
        }
        tree.end(&findings)
        return SourceTree(statements: tree.statements, findings: findings)
    }
}

extension ArraySlice<UInt8> {
    /// What stands before a comment.
    fileprivate var withoutComment: ArraySlice<UInt8> {
        var isQuoted = false
        for (index, byte) in zip(indices, self) {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "#") where !isQuoted, UInt8(ascii: "!") where !isQuoted: return self[..<index]
            default: break
            }
        }
        return self
    }
}
