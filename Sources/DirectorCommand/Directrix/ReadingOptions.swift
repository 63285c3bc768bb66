import ArgumentParser
import Configuration
import DirectorService

/// How a configuration is read.
struct ReadingOptions: ParsableArguments {
    @Option(help: "The language of the configuration; its name and its first words tell unless given.")
    var language: Language?

    @Flag(help: "Leave out a server whose name does not resolve, with a warning, instead of giving up.")
    var lenient = false

    @Flag(help: "Refuse what ldirectord refuses, and take what is doubtful as it does.")
    var strictCompat = false

    @Option(
        name: [.customShort("i"), .customLong("config-id")],
        help: ArgumentHelp(
            "The word for lines of keepalived.conf that begin with '@'; the name of this host, up to the first dot, unless given.",
            valueName: "id"
        )
    )
    var configID: String?

    @Flag(
        name: [.customShort("e"), .customLong("all-config")],
        help: "Refuse a keepalived.conf one of whose includes finds nothing."
    )
    var allConfig = false

    /// Says what the meaning of a configuration depends on.
    func adjust(_ context: inout ReadingContext) {
        if let configID { context.configurationID = configID }
        context.demandsIncludes = allConfig
    }
}

extension Language: ExpressibleByArgument {}
