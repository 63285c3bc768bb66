package import Configuration
package import Diagnostics

/// An `ldirectord.cf` that was read: what stands in it, what is wrong with it, and what it needs to be known.
package struct LdirectordFile: ConfigurationFile {
    package let diagnostics: [Diagnostic]
    package let questions: ConfigurationQuestions

    private let findings: Findings
    private let sections: FileSections
    private let hostName: String

    /// Reads the bytes of a file; `name` is how diagnostics call it.
    ///
    /// To those who are strictly compatible, an address without a port, a time with a fraction or a unit, and a scheduler
    /// in capital letters mean what they mean to ldirectord. Otherwise layouts and directives that it does not know are
    /// accepted, the layouts with a warning.
    package init(reading bytes: [UInt8], name: String, context: ReadingContext) {
        hostName = context.hostName
        var reader = FileReader(findings: Findings(file: name, isStrict: context.isStrictlyCompatible))
        reader.read(bytes)
        sections = reader.sections
        findings = reader.findings
        diagnostics = findings.inOrder
        questions = ConfigurationQuestions(
            names: sections.questions,
            folders: Set(sections.folders.map(\.path)),
            programs: Set(sections.programs.map(\.program))
        )
    }

    package var hasErrors: Bool {
        findings.hasErrors
    }

    package func loaded(
        with answers: ConfigurationAnswers,
        unresolved: UnresolvedNames = .refuse
    ) -> LoadedConfiguration {
        var assembly = ConfigurationAssembly(
            sections: sections,
            names: NameAnswers(answers: answers.names, unresolved: unresolved),
            hostName: hostName,
            findings: findings
        )
        let assembled = assembly.configuration()
        note(answers, into: &assembly.findings)
        let configuration = assembly.findings.hasErrors ? nil : assembled
        return LoadedConfiguration(
            configuration: configuration,
            diagnostics: assembly.findings.inOrder,
            answers: assembly.names.inEffect,
            unresolved: assembly.names.unresolved,
            writer: configuration.map {
                LdirectordWriter(
                    configuration: $0,
                    sections: sections,
                    keptSections: assembly.keptSections,
                    fallbacks: assembly.fallbacks,
                    hostName: hostName
                )
            }
        )
    }

    /// Tells of the folders and programs that are not there.
    private func note(_ answers: ConfigurationAnswers, into findings: inout Findings) {
        for folder in sections.folders where answers.missingFolders.contains(folder.path) {
            if let refusal = folder.refusal {
                findings.tolerate(folder.complaint, at: folder.place, ldirectordSays: refusal)
            } else {
                findings.warning(folder.complaint, at: folder.place)
            }
        }
        for (program, place) in sections.programs {
            guard let fault = answers.programFaults[program] else { continue }
            let name = place.line.secret == nil ? program.name : place.text
            findings.warning("\(name) cannot be started: \(fault)", at: place)
        }
    }
}
