import Configuration

/// Keeps what a dump is made of, which hardly anybody ever asks for.
struct StateDumpWriter: StateWriter {
    /// The words of the file.
    let words: FileWords
    /// The pools that were made of them.
    let pools: [ReadPool]
    /// What they say of the process.
    let process: ProcessSettings
    /// The numbers of users and groups.
    let accounts: [AccountQuestion: AccountAnswer]
    /// The name of the machine.
    let hostName: String

    func files(of pools: [PoolState]) -> [StateFile] { StateDump(self).files(of: pools) }
}
