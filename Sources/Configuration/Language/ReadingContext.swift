/// The facts that the meaning of a file depends on beside its bytes.
package struct ReadingContext: Hashable, Sendable {
    /// The name of this host, which stands in the logins that FTP and SIP checks use by default.
    package var hostName: String
    /// Whether a file is read as the program reads it that the language comes from: `--strict-compat`.
    ///
    /// A layout that this program refuses is then refused, and a doubtful value means what it means there. Otherwise
    /// more is accepted, with a warning where something else may have been meant.
    package var isStrictlyCompatible: Bool

    /// Names the host and the manner of reading.
    package init(hostName: String, isStrictlyCompatible: Bool = false) {
        self.hostName = hostName
        self.isStrictlyCompatible = isStrictlyCompatible
    }
}
