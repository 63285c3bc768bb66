/// What a file's meaning depends on beside its bytes.
package struct LdirectordSurroundings: Hashable, Sendable {
    /// The name of this host, which stands in the logins that FTP and SIP checks use by default.
    package var hostName: String
    /// Whether what ldirectord refuses is refused: `--strict-compat`.
    ///
    /// An address without a port, a time with a fraction or a unit, and a scheduler in capital letters then mean what
    /// they mean there. Otherwise layouts and directives that it does not know are accepted, the layouts with a warning.
    package var isStrictlyCompatible: Bool

    /// Names the host and the manner of reading.
    package init(hostName: String, isStrictlyCompatible: Bool = false) {
        self.hostName = hostName
        self.isStrictlyCompatible = isStrictlyCompatible
    }
}
