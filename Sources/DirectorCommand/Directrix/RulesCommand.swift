import ArgumentParser
import Configuration
import Console
import Director
import IPVS
import Rules
import Texts

/// `directrix rules`: the table that a configuration wants while every server is up.
struct RulesCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Print the table of a configuration as rules of ipvsadm.",
        discussion: """
            The rules are those of `ipvsadm -Sn` when every server is up. Nothing is asked of the kernel.

            EXAMPLES
              directrix rules /etc/ha.d/ldirectord.cf
              directrix rules new.cf | ipvsadm-restore --plan
            """
    )

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The configuration.", completion: .file())
    var file: String

    func run(_ context: SubcommandContext) -> Int32 {
        guard let configuration = context.usable(file, reading)?.configuration else {
            return SubcommandContext.Status.failure
        }
        context.console.text.withBytes { RuleWriter().write(configuration.healthyTable, to: &$0) }
        return SubcommandContext.Status.success
    }
}
