import Addresses

/// Reads a file line by line into sections.
///
/// In ldirectord's eyes a block of a virtual server is made of lines with at least four blanks or a tab in front, and
/// ends before the first other line that is no comment. What else can be understood is accepted too.
struct FileReader {
    private(set) var sections = FileSections()
    private(set) var findings: Findings
    /// The virtual server whose block is read.
    private var open: VirtualSection?
    /// Whether an empty line came since the last directive of the block, which ends it for ldirectord.
    private var isInterrupted = false
    /// Whether the block has been found indented too little.
    private var isShortIndentNoted = false
    private var patterns = PatternCheck()
    /// How many braces of a block of another language are open.
    private var openBraces = 0

    init(findings: Findings) {
        self.findings = findings
    }

    mutating func read(_ bytes: [UInt8]) {
        if let foreign = ForeignFile(bytes) {
            return findings.error(inText: foreign.message, at: foreign.line.place, expected: foreign.expected)
        }
        var rest = bytes[...]
        var number = 0
        var hasReturns = false
        if rest.starts(with: [0xef, 0xbb, 0xbf]) {
            let line = SourceLine(number: 1, bytes: rest.prefix { $0 != 0x0a })
            findings.tolerate(
                "a byte order mark at the beginning of the file",
                at: Place(line: line, range: rest.startIndex..<rest.startIndex + 3),
                ldirectordSays: DirectiveLine.unknownCommand(line, isInBlock: false)
            )
            rest = rest.dropFirst(3)
        }
        while !rest.isEmpty {
            number += 1
            let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
            var text = rest[..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            if text.last == 0x0d {
                let line = SourceLine(number: number, bytes: text)
                text = text.dropLast()
                if !hasReturns {
                    findings.tolerate(
                        "lines that end in CR LF",
                        at: Place(line: line, range: text.endIndex..<text.endIndex + 1),
                        expected: "lines that end in LF",
                        ldirectordSays: "… must be 'yes' or 'no', of every yes and no; other texts keep the CR."
                    )
                }
                hasReturns = true
            }
            read(SourceLine(number: number, bytes: text))
        }
        close()
    }

    private mutating func close() {
        if let open {
            patterns.check(open, into: &findings)
            sections.virtuals.append(open)
        }
        open = nil
        isInterrupted = false
        isShortIndentNoted = false
    }

    private mutating func read(_ line: SourceLine) {
        guard let first = line.bytes.firstIndex(where: { !$0.isBlank }) else { return readBlank(line) }
        guard line.bytes[first] != UInt8(ascii: "#") else { return }
        if openBraces > 0, DirectiveLine(line, isInBlock: false)?.isVirtual != true {
            openBraces += line.braces
            return
        }
        openBraces = 0
        // Where it was pasted, a line that only looks indented, or like the beginning of one, ends no block.
        if line.bytes[first] >= 0x80, StrangeCharacter(at: first, in: line.bytes)?.isUnseen == true {
            return findings.noteUnknown(line, isInBlock: open != nil)
        }
        if first == line.bytes.startIndex {
            readUnindented(line)
        } else if open != nil {
            readInBlock(line)
        } else {
            readIndented(line)
        }
    }

    private mutating func readBlank(_ line: SourceLine) {
        guard open != nil else { return }
        if line.indentation > SourceLine.leastIndentation {
            findings.tolerate(
                "a line of blanks in a block",
                at: Place(line: line, range: line.bytes.indices),
                expected: "an empty line or a comment",
                ldirectordSays: DirectiveLine.unknownCommand(line, isInBlock: true)
            )
        } else {
            isInterrupted = true
        }
    }
}

// The four kinds of lines with something in them.
extension FileReader {
    private mutating func readUnindented(_ line: SourceLine) {
        guard let directive = DirectiveLine(line, isInBlock: false) else {
            close()
            return readWord(line, isInBlock: false)
        }
        close()
        readGlobal(directive)
    }

    /// Reads a line of a block.
    private mutating func readInBlock(_ line: SourceLine) {
        guard let directive = DirectiveLine(line, isInBlock: true) else { return readWord(line, isInBlock: true) }
        if directive.isVirtual {
            noteIndentation(of: line, isInBlock: !isInterrupted)
            close()
            open = directive.virtualSection(into: &findings)
            return
        }
        let isKnown = DirectiveNames.isOfBlock(directive.name)
        if isInterrupted {
            if !isKnown, GlobalSection.table.contains(directive.name) {
                close()
                return readIndented(line)
            }
            if isKnown {
                findings.tolerate(
                    "an empty line in the block of a virtual server",
                    at: directive.namePlace,
                    expected: "no empty line above this one",
                    ldirectordSays: DirectiveLine.unknownCommand(line, isInBlock: false)
                )
            }
            isInterrupted = false
        }
        if line.indentation < SourceLine.leastIndentation, isKnown, !isShortIndentNoted {
            isShortIndentNoted = true
            noteIndentation(of: line, isInBlock: false)
        }
        guard isKnown else { return findings.noteUnknown(directive) }
        readOfBlock(directive)
    }

    /// Reads an indented line outside of every block.
    private mutating func readIndented(_ line: SourceLine) {
        guard let directive = DirectiveLine(line, isInBlock: false) else { return readWord(line, isInBlock: false) }
        if directive.isVirtual || GlobalSection.table.contains(directive.name) {
            noteIndentation(of: line, isInBlock: false)
        }
        readGlobal(directive)
    }

    private mutating func readGlobal(_ directive: DirectiveLine) {
        if directive.isVirtual {
            open = directive.virtualSection(into: &findings)
        } else if !GlobalSection.table.read(directive, into: &sections.global, &findings) {
            findings.noteUnknown(directive)
        }
    }

    private mutating func readOfBlock(_ directive: DirectiveLine) {
        guard var section = open else { return }
        // The section must not be shared while it grows.
        open = nil
        defer { open = section }
        switch directive.name {
        case "real", "real6":
            guard let entry = directive.realServer(section.family, into: &findings) else { return }
            section.reals.append(entry)
        case "fallback", "fallback6":
            guard directive.isForFamily(section.family, into: &findings) else { return }
            section.fallback = directive.fallback(section.family, into: &findings)
        default: _ = VirtualSection.table.read(directive, into: &section, &findings)
        }
    }
}

// Lines that are no directives of their place.
extension FileReader {
    private mutating func noteIndentation(of line: SourceLine, isInBlock: Bool) {
        let isOfBlock = open != nil && DirectiveLine(line, isInBlock: true)?.isVirtual == false
        findings.noteIndentation(of: line, isInBlock: isInBlock, isOfBlock: isOfBlock)
    }

    /// Reads a line without a value: `supervised` once was one.
    private mutating func readWord(_ line: SourceLine, isInBlock: Bool) {
        if !isInBlock, line.place.text == "supervised" {
            if line.bytes.first?.isBlank == true { noteIndentation(of: line, isInBlock: false) }
            findings.warning(
                "supervised without yes or no",
                at: line.place,
                expected: "supervised=yes",
                note: "ldirectord says: please update your config not to use a bare supervised directive"
            )
            sections.global.isSupervised = true
        } else if line.bytes[line.place.range].last == UInt8(ascii: "{") {
            openBraces = max(0, line.braces)
            findings.noteBraces(in: line, isInBlock: isInBlock)
        } else {
            findings.noteUnknown(line, isInBlock: isInBlock)
        }
    }
}

extension SourceLine {
    /// The fewest blanks before a directive of a block.
    static let leastIndentation = 4

    /// How many more braces are opened than closed.
    fileprivate var braces: Int {
        bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "{") ? 1 : $1 == UInt8(ascii: "}") ? -1 : 0) }
    }

    /// How many blanks the line begins with, a tab counted as four.
    fileprivate var indentation: Int {
        bytes.prefix(while: \.isBlank).reduce(0) { $0 + ($1 == UInt8(ascii: "\t") ? 4 : 1) }
    }
}

extension DirectiveLine {
    /// Whether a virtual server begins here.
    fileprivate var isVirtual: Bool { name == "virtual" || name == "virtual6" }

    /// Whether a `real` or `fallback` is for the family of the virtual server that it stands under.
    fileprivate func isForFamily(_ family: AddressFamily, into findings: inout Findings) -> Bool {
        let isForIPv6 = name.hasSuffix("6")
        guard isForIPv6 != (family == .ipv6) else { return true }
        let other = isForIPv6 ? String(name.dropLast()) : name + "6"
        findings.error(
            "cannot specify \"\(name)\" here.  please use \"\(other)\" instead",
            at: namePlace
        )
        return false
    }

    fileprivate func realServer(_ family: AddressFamily, into findings: inout Findings) -> RealEntry? {
        guard isForFamily(family, into: &findings) else { return nil }
        var reader = RealLineReader(self, family: family)
        return reader.read(into: &findings)
    }
}
