import ArgumentParser
import Configuration
import Console
import Texts

/// `directrix show`: what a configuration means.
struct ShowCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a configuration with all that is in effect.",
        discussion: """
            Every directive is printed with the value that it has after defaults and inheritance, and every name as the \
            number that was found for it. What is printed is a configuration of the same meaning, or JSON.

            EXAMPLES
              directrix show /etc/ha.d/ldirectord.cf
              diff <(directrix show old.cf) <(directrix show new.cf)
              directrix show --hide-secrets web.cf     for somebody else to read
              directrix show --json web.cf | jq -r '.virtual[].flags'
            """
    )

    @Flag(help: "Answer in JSON.")
    var json = false

    @Flag(help: "Print hidden for every login, password and secret.")
    var hideSecrets = false

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The configuration.", completion: .file())
    var file: String

    func run(_ context: SubcommandContext) -> Int32 {
        guard let writer = context.usable(file, reading)?.writer else { return SubcommandContext.Status.failure }
        if json {
            var json = JSONWriter()
            json.value(writer.document(hidesSecrets: hideSecrets))
            context.console.write(&json.text)
        } else {
            context.console.text.append(writer.text(hidesSecrets: hideSecrets))
        }
        return SubcommandContext.Status.success
    }
}
