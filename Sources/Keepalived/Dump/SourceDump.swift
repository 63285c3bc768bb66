import Configuration

/// Writes out how everything is by the file that says it, which is read again when somebody asks.
///
/// The words of a file take many times the memory that its bytes do, and hardly anybody ever asks.
struct SourceDump: StateWriter {
    let source: FileSource
    let answers: ConfigurationAnswers
    /// Whether what only the machine lacks was left out.
    let isLenient: Bool

    func files(of pools: [PoolState]) -> [StateFile] {
        KeepalivedFile(source).dump(with: answers, isLenient: isLenient).files(of: pools)
    }
}
