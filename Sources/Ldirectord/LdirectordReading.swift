import Addresses
package import Configuration
package import Diagnostics

/// What a file means once its names are resolved.
package struct LdirectordReading: Sendable {
    /// What a director shall do; nil where the file has an error.
    package let configuration: DirectorConfiguration?
    /// Everything that is wrong or doubtful, that of names included, in the order of the file.
    package let diagnostics: [Diagnostic]
    /// The answers in effect, which the next reload takes as `previous`.
    package let answers: [NameQuestion: NameAnswer]
    /// The questions that have no answer of now: their hosts keep their last address, or what needs them is left out.
    package let unresolved: Set<NameQuestion>

    let sections: FileSections
    /// For each virtual server of the configuration, the section that it comes from.
    let keptSections: [Int]
    /// The fallbacks of the whole file that have an address.
    let fallbacks: [AddressFamily: ConfigurationAssembly.Fallback]
    /// The name of this host for default logins.
    let hostName: String

    /// Every directive under its name with the value in effect; nil where the file has an error.
    package var effectiveDirectives: EffectiveDirectives? {
        configuration.map { EffectiveDirectives(of: $0, read: self) }
    }
}
