import Patterns

/// Tells of patterns that are no Perl regular expressions; each text is compiled once.
struct PatternCheck: Sendable {
    private var valid: Set<String> = []

    mutating func check(_ section: VirtualSection, into findings: inout Findings) {
        if let receive = section.receive { check(receive, into: &findings) }
        for real in section.reals {
            if let receive = real.receive, !receive.value.isEmpty { check(receive, into: &findings) }
        }
    }

    private mutating func check(_ pattern: Located<String>, into findings: inout Findings) {
        guard let place = pattern.place, !valid.contains(pattern.value) else { return }
        do {
            _ = try Pattern(pattern.value)
            valid.insert(pattern.value)
        } catch {
            // The offending byte, in or behind the text.
            let offset = min(max(error.offset, 0), place.range.count)
            let start = place.range.lowerBound + offset
            let end = max(start, place.range.upperBound)
            findings.error(
                inText: "invalid pattern: \(error.message)",
                at: Place(line: place.line, range: start..<end),
                expected: "a Perl regular expression",
                note: error.isUnsupported
                    ? "ldirectord may take it; here it has to be written in another way."
                    : "ldirectord accepts it, and dies when it first checks with it."
            )
        }
    }
}
