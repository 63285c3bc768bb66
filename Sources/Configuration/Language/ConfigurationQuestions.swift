/// The names, folders and programs of a file that only the machine can tell about.
package struct ConfigurationQuestions: Hashable, Sendable {
    /// The hosts and services that it names.
    package var names: Set<NameQuestion>
    /// The folders that it needs, for logs and for files that are watched or written.
    package var folders: Set<String>
    /// The programs that it has run.
    package var programs: Set<NamedProgram>
    /// The users that its programs run as, and that its files belong to.
    package var accounts: Set<AccountQuestion>

    /// Makes the questions of a file.
    package init(
        names: Set<NameQuestion>,
        folders: Set<String>,
        programs: Set<NamedProgram>,
        accounts: Set<AccountQuestion> = []
    ) {
        self.names = names
        self.folders = folders
        self.programs = programs
        self.accounts = accounts
    }

    /// Whether nothing is asked.
    package var isEmpty: Bool { names.isEmpty && folders.isEmpty && programs.isEmpty && accounts.isEmpty }
}

/// The answers to the questions of a file.
package struct ConfigurationAnswers: Hashable, Sendable {
    /// The answer for each name; a name that is missing counts as not resolved.
    package var names: [NameQuestion: NameAnswer]
    /// The folders that do not exist, which is told.
    package var missingFolders: Set<String>
    /// Why those programs that cannot be started cannot, which is told.
    package var programFaults: [NamedProgram: String]
    /// What lets others than root change a program, or a folder on the way to it: `/opt/x belongs to user 1000`.
    package var programRisks: [NamedProgram: String]
    /// The numbers of users and groups, or which of them is not there.
    package var accounts: [AccountQuestion: AccountAnswer]

    /// Makes answers; folders, programs and users that nobody looked for are not complained of.
    package init(
        names: [NameQuestion: NameAnswer] = [:],
        missingFolders: Set<String> = [],
        programFaults: [NamedProgram: String] = [:],
        programRisks: [NamedProgram: String] = [:],
        accounts: [AccountQuestion: AccountAnswer] = [:]
    ) {
        self.names = names
        self.missingFolders = missingFolders
        self.programFaults = programFaults
        self.programRisks = programRisks
        self.accounts = accounts
    }
}
