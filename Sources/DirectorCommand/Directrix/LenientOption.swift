import ArgumentParser

/// What is done about names that do not resolve.
struct LenientOption: ParsableArguments {
    @Flag(help: "Leave out a server whose name does not resolve, with a warning, instead of giving up.")
    var lenient = false
}
