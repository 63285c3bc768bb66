package import Configuration
package import Diagnostics
import Director
import Failover
import Keepalived
import Ldirectord
import System

/// The languages that a configuration may be written in.
package enum Language: String, CaseIterable, Hashable, Sendable {
    /// That of `ldirectord.cf`.
    case ldirectord
    /// That of `keepalived.conf`.
    case keepalived

    /// Finds out which language a file is written in, by what it says and by its name; the first where nothing tells.
    package init(of bytes: [UInt8], name: String) {
        var found = Language.ldirectord
        var strongest = LanguageEvidence.none
        for language in Self.allCases {
            let evidence = language.reader.evidence(in: bytes, name: name)
            if evidence > strongest { (found, strongest) = (language, evidence) }
        }
        self = found
    }

    private var reader: any ConfigurationLanguage {
        switch self {
        case .ldirectord: LdirectordLanguage()
        case .keepalived: KeepalivedLanguage()
        }
    }

    /// Puts into words what a director does by a file of this language.
    var voice: any Voice {
        switch self {
        case .ldirectord: LdirectordVoice()
        case .keepalived: KeepalivedVoice()
        }
    }

    /// The name by which a process that directs by a file of this language is known among others, at most 15 bytes.
    var processName: String {
        switch self {
        case .ldirectord: "ldirectord"
        case .keepalived: "keepalived"
        }
    }

    /// The name that its lines in syslog have.
    var logTag: String {
        switch self {
        case .ldirectord: "ldirectord"
        // That of the process that checks, which is no other here.
        case .keepalived: "Keepalived_healthcheckers"
        }
    }

    /// Whether a file is refused at a start and at a reload for programs and users that are not there.
    package var needsPrograms: Bool {
        switch self {
        case .ldirectord: false
        case .keepalived: true
        }
    }

    /// The line of the log about what is wrong with a file, said by the process of that number.
    package func logLine(about diagnostic: Diagnostic, process: Int32) -> String {
        switch self {
        case .ldirectord: diagnostic.ldirectordLine(of: process)
        case .keepalived: diagnostic.headline
        }
    }

    /// Takes a file of this language apart, with all files that it includes; `name` is how diagnostics call it.
    ///
    /// The folder and the variables of this process are added to the context.
    ///
    /// - Parameter files: finds the files of patterns, those of this machine unless said.
    package func read(
        _ bytes: [UInt8],
        name: String,
        context: ReadingContext,
        files: ([FileQuestion]) -> [FileQuestion: [FoundFile]] = IncludedFiles.answers
    ) -> any ConfigurationFile {
        var context = context
        context.workingFolder = Machine.absolutePath(".")
        context.environment = Machine.environment
        var file = reader.read(bytes, name: name, context: context)
        while true {
            let inclusions = file.inclusions
            guard !inclusions.isEmpty else { return file }
            file.include(files(inclusions))
        }
    }

    /// A configuration in this language, and what that cannot say.
    package func translation(
        of configuration: DirectorConfiguration,
        failover: FailoverConfiguration? = nil
    ) -> Translation {
        switch self {
        case .ldirectord:
            let translation = TranslatedConfiguration.translation(of: configuration)
            return Translation(text: translation.text, differences: translation.differences + losses(failover))
        case .keepalived: return KeepalivedWriter(configuration, failover: failover).translation
        }
    }

    /// What is lost of failover in a language that has no words for it.
    private func losses(_ failover: FailoverConfiguration?) -> [Translation.Difference] {
        guard let routing = failover?.routing else { return [] }
        var losses = routing.routers.map { "the virtual router \($0.name)" }
        losses += routing.groups.map { "the group \($0.name) of virtual routers" }
        if !routing.addresses.isEmpty || !routing.routes.isEmpty || !routing.rules.isEmpty {
            losses.append("addresses, routes or rules of the machine")
        }
        return losses.map { Translation.Difference(isLoss: true, message: $0) }
    }

    /// What the files of this language are called.
    package var fileName: String {
        switch self {
        case .ldirectord: "ldirectord.cf"
        case .keepalived: "keepalived.conf"
        }
    }
}
