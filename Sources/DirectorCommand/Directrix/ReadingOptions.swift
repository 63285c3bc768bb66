import ArgumentParser
import DirectorService

/// How a configuration is read.
struct ReadingOptions: ParsableArguments {
    @Option(help: "The language of the configuration; its name and its first words tell unless given.")
    var language: Language?

    @Flag(help: "Leave out a server whose name does not resolve, with a warning, instead of giving up.")
    var lenient = false

    @Flag(help: "Refuse what ldirectord refuses, and take what is doubtful as it does.")
    var strictCompat = false
}

extension Language: ExpressibleByArgument {}
