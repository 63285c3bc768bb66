package import Configuration

/// Writes a configuration as a `keepalived.conf` with all that is in effect.
package struct KeepalivedWriter: ConfigurationWriter {
    private let configuration: DirectorConfiguration
    private let failover: FailoverConfiguration?
    private let accounts: [ProgramUser: AccountQuestion]

    /// Makes a writer of a configuration.
    ///
    /// - Parameters:
    ///   - failover: what the machine shares with others; nil for nothing.
    ///   - accounts: the answers about the users that the file names, whose numbers programs of checks run as.
    package init(
        _ configuration: DirectorConfiguration,
        failover: FailoverConfiguration? = nil,
        accounts: [AccountQuestion: AccountAnswer] = [:]
    ) {
        self.configuration = configuration
        self.failover = failover
        let found = accounts.compactMap { question, answer -> (ProgramUser, AccountQuestion)? in
            guard case .found(let user, let group) = answer else { return nil }
            return (ProgramUser(id: user, group: group), question)
        }
        // Of several names the first by order, so that the text is the same each time.
        self.accounts = Dictionary(found) { first, second in
            (first.user, first.group ?? "") < (second.user, second.group ?? "") ? first : second
        }
    }

    package func text(hidesSecrets: Bool) -> String {
        var written = WrittenConfiguration(configuration, failover: failover, accounts: accounts)
        return WrittenText(written.statements(), hidesSecrets: hidesSecrets).text
    }

    package func document(hidesSecrets: Bool) -> DocumentValue {
        var written = WrittenConfiguration(configuration, failover: failover, accounts: accounts)
        return written.statements().document(hidesSecrets: hidesSecrets)
    }

    /// The configuration in this language, with what it cannot say.
    package var translation: Translation {
        var written = WrittenConfiguration(configuration, failover: failover, accounts: accounts)
        let text = WrittenText(written.statements(), hidesSecrets: false).text
        return Translation(text: text, differences: written.differences)
    }
}
