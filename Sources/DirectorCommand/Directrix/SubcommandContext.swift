import Configuration
import Console

/// The environment and the console of a subcommand, and how it reads configurations.
struct SubcommandContext {
    /// The exit statuses of directrix.
    enum Status {
        static let success: Int32 = 0
        /// There are changes in a plan, or warnings where they count.
        static let difference: Int32 = 1
        /// A file has errors, the words are wrong, or the kernel cannot be read.
        static let failure: Int32 = 2
    }

    let environment: DirectorEnvironment
    let console: ProgramOutput

    /// Reads a configuration and finds out its names.
    func check(_ path: String, _ options: ReadingOptions) -> CheckedFile {
        CheckedFile(
            of: path,
            environment: environment,
            language: options.language,
            isLenient: options.lenient,
            isStrictlyCompatible: options.strictCompat,
            adjust: options.adjust
        )
    }

    /// Reads a configuration that is to be used, and says what is wrong with it; nil when it cannot be used.
    func usable(_ path: String, _ options: ReadingOptions) -> LoadedConfiguration? {
        let file = check(path, options)
        for complaint in file.complaints { console.complain(complaint) }
        return file.configuration == nil ? nil : file.loaded
    }
}
