import ArgumentParser
import Configuration
import Console
import Ldirectord
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
        guard let reading = context.usable(file, self.reading),
            let configuration = reading.configuration, var directives = reading.effectiveDirectives
        else { return SubcommandContext.Status.failure }
        if hideSecrets { directives = directives.hidingSecrets }
        if json {
            var writer = JSONWriter()
            JSONConfiguration.append(directives, of: configuration, to: &writer)
            context.console.write(&writer.text)
        } else {
            ConfigurationText.append(directives, to: &context.console.text)
        }
        return SubcommandContext.Status.success
    }
}
