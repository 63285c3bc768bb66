import Configuration

/// The directives of a kind of section: how each is read.
struct DirectiveTable<Section>: Sendable {
    /// Puts a directive's value into a section, or says what is wrong with it.
    typealias Reading = @Sendable (inout Section, DirectiveLine, inout Findings) -> Void

    /// How one directive is read.
    struct Directive: Sendable {
        /// Whether ldirectord does not have it.
        let isNew: Bool
        let read: Reading
    }

    let directives: [String: Directive]

    init(known: [String: Reading], new: [String: Reading]) {
        directives = known.mapValues { Directive(isNew: false, read: $0) }
            .merging(new.mapValues { Directive(isNew: true, read: $0) }) { known, _ in known }
    }

    /// Whether there is a directive of that name.
    func contains(_ name: String) -> Bool {
        directives[name] != nil
    }

    /// Reads a line into a section; false if there is no directive of that name.
    func read(_ line: DirectiveLine, into section: inout Section, _ findings: inout Findings) -> Bool {
        guard let directive = directives[line.name] else { return false }
        if directive.isNew, findings.isStrict {
            findings.error(
                "ldirectord has no directive \(line.name)",
                at: line.namePlace,
                note: "ldirectord says: \(line.unknownCommand)"
            )
        }
        directive.read(&section, line, &findings)
        return true
    }
}
