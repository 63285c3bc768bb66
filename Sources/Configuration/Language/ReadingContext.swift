/// What the meaning of a file depends on beside its bytes.
package struct ReadingContext: Hashable, Sendable {
    /// The name of this host, which stands in the logins that FTP and SIP checks use by default.
    package var hostName: String
    /// Whether what the program refuses that the language comes from is refused: `--strict-compat`.
    ///
    /// What is doubtful then means what it means there. Otherwise more is accepted, with a warning where it might not be
    /// meant.
    package var isStrictlyCompatible: Bool

    /// Names the host and the manner of reading.
    package init(hostName: String, isStrictlyCompatible: Bool = false) {
        self.hostName = hostName
        self.isStrictlyCompatible = isStrictlyCompatible
    }
}
