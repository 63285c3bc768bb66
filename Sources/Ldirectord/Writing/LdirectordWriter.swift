import Addresses
package import Configuration

/// Writes out what an `ldirectord.cf` means: every directive with the value that is in effect.
package struct LdirectordWriter: ConfigurationWriter {
    let configuration: DirectorConfiguration
    let sections: FileSections
    /// For each virtual server of the configuration, the section that it comes from.
    let keptSections: [Int]
    /// The fallbacks of the whole file that have an address.
    let fallbacks: [AddressFamily: ConfigurationAssembly.Fallback]
    /// The name of this host for default logins.
    let hostName: String

    /// Every directive under its name with the value in effect.
    package var directives: EffectiveDirectives { EffectiveDirectives(of: self) }

    package func text(hidesSecrets: Bool) -> String {
        (hidesSecrets ? directives.hidingSecrets : directives).text
    }

    package func document(hidesSecrets: Bool) -> DocumentValue {
        (hidesSecrets ? directives.hidingSecrets : directives).document(of: configuration)
    }
}

extension LoadedConfiguration {
    /// Every directive under its name with the value in effect; nil where an `ldirectord.cf` has an error.
    package var effectiveDirectives: EffectiveDirectives? {
        (writer as? LdirectordWriter)?.directives
    }
}
