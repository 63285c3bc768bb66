/// The facts that the meaning of a file depends on beside its bytes.
package struct ReadingContext: Hashable, Sendable {
    /// The name of this host, which stands in the logins that FTP and SIP checks use by default.
    package var hostName: String
    /// Whether a file is read as the program reads it that the language comes from: `--strict-compat`.
    ///
    /// A layout that this program refuses is then refused, and a doubtful value means what it means there. Otherwise
    /// more is accepted, with a warning where something else may have been meant.
    package var isStrictlyCompatible: Bool
    /// The identity that lines of a file may be meant for: `--config-id`; unless said, the host name up to the first dot.
    package var configurationID: String
    /// Whether each file that is to be included must be there: `--all-config`.
    package var demandsIncludes: Bool
    /// The absolute path that a relative one begins with.
    package var workingFolder: String
    /// The variables of the process, which a file may use.
    package var environment: [String: String]

    /// Names the host and the manner of reading.
    package init(
        hostName: String,
        isStrictlyCompatible: Bool = false,
        configurationID: String? = nil,
        demandsIncludes: Bool = false,
        workingFolder: String = "/",
        environment: [String: String] = [:]
    ) {
        self.hostName = hostName
        self.isStrictlyCompatible = isStrictlyCompatible
        self.configurationID = configurationID ?? String(hostName.prefix { $0 != "." })
        self.demandsIncludes = demandsIncludes
        self.workingFolder = workingFolder
        self.environment = environment
    }
}
