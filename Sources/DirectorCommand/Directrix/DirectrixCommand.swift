package import ArgumentParser

/// The program `directrix`, which is nothing but its subcommands.
package struct DirectrixCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "directrix",
        abstract: "Directs the virtual services of this machine by a configuration.",
        discussion: """
            EXAMPLES
              directrix check /etc/ha.d/ldirectord.cf     what is wrong with it?
              directrix plan /etc/ha.d/ldirectord.cf      what would change?
              directrix run --foreground /etc/ha.d/ldirectord.cf

            directrix(8) is the manual, ldirectord.cf(5) describes the configuration.
            """,
        version: "Directrix",
        subcommands: [
            CheckCommand.self, ShowCommand.self, ConvertCommand.self, RulesCommand.self, PlanCommand.self,
            RunCommand.self, VRRPCommand.self,
        ]
    )

    /// Makes the program before it has read its words.
    package init() {}
}

/// A subcommand, which says what it has to say to a console.
protocol DirectrixSubcommand: ParsableCommand {
    /// Does it, and gives the exit status.
    func run(_ context: SubcommandContext) -> Int32
}
