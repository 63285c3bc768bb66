import ArgumentParser
import Configuration
import Console
import DirectorService
import Texts

/// `directrix convert`: a configuration in another language.
struct ConvertCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Print a configuration in another language.",
        discussion: """
            What is printed means the same, with every default and inherited value. Whatever the other language has no words \
            for is told with the line that it is about: as an error where something would be lost, and then nothing is \
            printed; as a warning where it is done in another way.

            EXAMPLES
              directrix convert --to keepalived /etc/ha.d/ldirectord.cf >/etc/keepalived/keepalived.conf
              directrix convert --to ldirectord /etc/keepalived/keepalived.conf
              directrix convert --to ldirectord keepalived.conf >/dev/null     can it be said there?
            """
    )

    @Option(help: "The language that is wanted.")
    var to: Language

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The configuration.", completion: .file())
    var file: String

    func run(_ context: SubcommandContext) -> Int32 {
        guard let loaded = context.usable(file, reading), let configuration = loaded.configuration else {
            return SubcommandContext.Status.failure
        }
        let translation = to.translation(of: configuration, failover: loaded.failover)
        for difference in translation.differences {
            let source = difference.place?.file ?? file
            let place = difference.place.map { "\(source):\($0.line)" } ?? source
            context.console.complain(
                difference.isLoss
                    ? "\(place): \(to.fileName) cannot say it: \(difference.message)"
                    : "\(place): warning: \(difference.message)"
            )
        }
        guard translation.isComplete else { return SubcommandContext.Status.failure }
        context.console.text.append(translation.text)
        return SubcommandContext.Status.success
    }
}
