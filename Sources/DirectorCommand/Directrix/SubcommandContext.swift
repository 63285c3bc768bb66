import Configuration
import Console

/// What a subcommand works with.
struct SubcommandContext {
    /// The exit statuses of directrix.
    enum Status {
        static let success: Int32 = 0
        /// There are changes in a plan, or warnings where they count.
        static let difference: Int32 = 1
        /// A file has errors, the words are wrong, or the kernel cannot be read.
        static let failure: Int32 = 2
    }

    let surroundings: DirectorSurroundings
    let console: ProgramOutput

    /// Reads a configuration.
    func read(_ path: String, _ options: ReadingOptions) -> ConfigurationReading {
        ConfigurationReading(
            of: path,
            surroundings: surroundings,
            isLenient: options.lenient,
            isStrictlyCompatible: options.strictCompat
        )
    }

    /// Reads a configuration that is to be used, and says what is wrong with it; nil when it cannot be used.
    func usable(_ path: String, _ options: ReadingOptions) -> LoadedConfiguration? {
        let reading = read(path, options)
        for complaint in reading.complaints { console.complain(complaint) }
        return reading.configuration == nil ? nil : reading.loaded
    }
}
