import ArgumentParser

/// How a configuration is read.
struct ReadingOptions: ParsableArguments {
    @Flag(help: "Leave out a server whose name does not resolve, with a warning, instead of giving up.")
    var lenient = false

    @Flag(help: "Refuse what ldirectord refuses, and take what is doubtful as it does.")
    var strictCompat = false
}
