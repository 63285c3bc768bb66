package import Configuration
package import Diagnostics

/// An `ldirectord.cf` that was read: what stands in it, what is wrong with it, and which names it needs to be known.
///
/// Reading touches nothing but the bytes. Names are resolved by whoever has a resolver: `questions` says which, and
/// `configuration(answers:previous:isLenient:)` takes the answers.
package struct LdirectordFile: Sendable {
    /// What is wrong and what is doubtful, in the order of the file; names have not been looked up yet.
    package let diagnostics: [Diagnostic]
    /// The hosts and services that are named.
    package let questions: Set<NameQuestion>

    private let findings: Findings
    private let sections: FileSections
    private let surroundings: LdirectordSurroundings

    /// Reads the bytes of a file; `name` is how diagnostics call it.
    package init(reading bytes: [UInt8], name: String, surroundings: LdirectordSurroundings) {
        self.surroundings = surroundings
        var reader = FileReader(findings: Findings(file: name, isStrict: surroundings.isStrictlyCompatible))
        reader.read(bytes)
        sections = reader.sections
        findings = reader.findings
        diagnostics = findings.inOrder
        questions = sections.questions
    }

    /// Whether the file has an error that no answer can mend.
    package var hasErrors: Bool {
        findings.hasErrors
    }

    /// Whether questions without an answer are all that keeps the file from being used at a first start.
    package func lacksOnlyNames(_ answers: [NameQuestion: NameAnswer]) -> Bool {
        !hasErrors && configuration(answers: answers, isLenient: true).configuration != nil
    }

    /// The folders that the file needs for its log, its monitor files and maintenance.
    package var folders: Set<String> { Set(sections.folders.map(\.path)) }

    /// The programs that the file has run.
    package var programs: Set<NamedProgram> { Set(sections.programs.map(\.program)) }

    /// Applies defaults, inheritance and the answers to `questions`.
    ///
    /// - Parameters:
    ///   - answers: What became of each question; one that is missing counts as not resolved.
    ///   - previous: At a reload, the answers in effect until now. A host that does not resolve keeps its address of
    ///     these; without one, only what needs it is left out. Nil at a first start, when such a host is an error.
    ///   - isLenient: Whether a first start leaves out what does not resolve, as a reload does.
    ///   - missingFolders: Those of `folders` that do not exist, which is told.
    ///   - programFaults: Why those of `programs` that cannot be started cannot, which is told.
    package func configuration(
        answers: [NameQuestion: NameAnswer],
        previous: [NameQuestion: NameAnswer]? = nil,
        isLenient: Bool = false,
        missingFolders: Set<String> = [],
        programFaults: [NamedProgram: String] = [:]
    ) -> LdirectordReading {
        var assembly = ConfigurationAssembly(
            sections: sections,
            names: NameAnswers(
                answers: answers,
                previous: previous ?? [:],
                leavesOut: isLenient || previous != nil
            ),
            hostName: surroundings.hostName,
            findings: findings
        )
        let configuration = assembly.configuration()
        for folder in sections.folders where missingFolders.contains(folder.path) {
            if let refusal = folder.refusal {
                assembly.findings.tolerate(folder.complaint, at: folder.place, ldirectordSays: refusal)
            } else {
                assembly.findings.warning(folder.complaint, at: folder.place)
            }
        }
        for (program, place) in sections.programs {
            guard let fault = programFaults[program] else { continue }
            let name = place.line.secret == nil ? program.name : place.text
            assembly.findings.warning("\(name) cannot be started: \(fault)", at: place)
        }
        return LdirectordReading(
            configuration: assembly.findings.hasErrors ? nil : configuration,
            diagnostics: assembly.findings.inOrder,
            answers: assembly.names.inEffect,
            unresolved: assembly.names.unresolved,
            sections: sections,
            keptSections: assembly.keptSections,
            fallbacks: assembly.fallbacks,
            hostName: surroundings.hostName
        )
    }
}
