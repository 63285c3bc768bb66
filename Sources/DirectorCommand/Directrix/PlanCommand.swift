import ArgumentParser
import Configuration
import Console
import Director
import DirectorService
import HealthChecks
import IPVS
import Rules
import Texts
import Time

/// `directrix plan`: what a director would change first.
struct PlanCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print what a director with a configuration would change first.",
        discussion: """
            The changes are those that `directrix run` makes to the kernel's table when it starts, before any server \
            has been checked, as rules of ipvsadm. A server that is not in the table yet comes in with weight 0, or not \
            at all, until it is known to be up. Services that the file does not name are left alone. Nothing is changed.

            The exit status is 0 when there is nothing to change, 1 when there is, and 2 after errors.

            EXAMPLES
              directrix plan /etc/ha.d/ldirectord.cf
              directrix plan --kernel simulated new.cf     the changes to an empty table
            """
    )

    @Option(help: "The kernel to compare with: that of this machine, or one in memory without services.")
    var kernel = DaemonOptions.Kernel.netlink

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The configuration.", completion: .file())
    var file: String

    func run(_ context: SubcommandContext) -> Int32 {
        guard let configuration = context.usable(file, reading)?.configuration else {
            return SubcommandContext.Status.failure
        }
        do {
            let changeset = firstChanges(of: configuration, to: try table(context))
            context.console.text.withBytes { RuleWriter().write(changeset, to: &$0) }
            return changeset.isEmpty ? SubcommandContext.Status.success : SubcommandContext.Status.difference
        } catch {
            context.console.complain(KernelMessage.start(error))
            return SubcommandContext.Status.failure
        }
    }

    private func table(_ context: SubcommandContext) throws(IPVSError) -> Table {
        switch kernel {
        case .netlink: try context.environment.loadedKernel().tableWithSettings()
        case .simulated: try SimulatedKernel().tableWithSettings()
        }
    }

    private func firstChanges(of configuration: DirectorConfiguration, to table: Table) -> Changeset {
        var director = Director(configuration)
        var changeset = Changeset()
        for case .apply(let changes) in director.started(with: table, at: MonotonicTime(nanoseconds: 0)) {
            changeset.changes += changes.changes
        }
        return changeset
    }
}
