import ArgumentParser
import Configuration
import Console
import Director
import DirectorService
import Failover
import HealthChecks
import IPVS
import Links
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

            Where the file has virtual routers, the commands that change links, addresses, routes and rules at the start \
            follow, and as comments the virtual routers with what each of them adds as master.

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
        guard let loaded = context.usable(file, reading), let configuration = loaded.configuration else {
            return SubcommandContext.Status.failure
        }
        let changeset: Changeset
        do {
            let present = try loaded.needsTable() ? table(context) : Table()
            changeset = firstChanges(of: configuration, to: present)
        } catch {
            context.console.complain(KernelMessage.start(error))
            return SubcommandContext.Status.failure
        }
        var plan: FailoverPlan?
        if let routing = loaded.failover?.routing {
            do {
                plan = FailoverPlan(routing, on: try links(of: routing, context))
            } catch {
                context.console.complain("the links of this machine cannot be read: \(error)")
                return SubcommandContext.Status.failure
            }
        }
        context.console.text.withBytes { RuleWriter().write(changeset, to: &$0) }
        for line in (plan?.start ?? []) + (plan?.masters ?? []) { context.console.text.append(line + "\n") }
        let isEmpty = changeset.isEmpty && plan?.start.isEmpty != false
        return isEmpty ? SubcommandContext.Status.success : SubcommandContext.Status.difference
    }

    private func links(of routing: RouterSet, _ context: SubcommandContext) throws(LinksError) -> LinksSnapshot {
        switch kernel {
        case .netlink: try context.environment.links([routing.settings.routeMaker])
        case .simulated:
            SimulatedLinks(interfacesOf: routing).kernel().look(.all, makers: [routing.settings.routeMaker])
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

extension SimulatedLinks {
    /// Makes links in memory with the interfaces that virtual routers need.
    fileprivate convenience init(interfacesOf routing: RouterSet) {
        self.init()
        let addresses = routing.routers.flatMap { $0.addresses + $0.unadvertisedAddresses }.map(\.address.interface)
        let names =
            routing.routers.compactMap(\.interface) + addresses + routing.addresses.map(\.entry.interface)
            + routing.routes.flatMap(\.entry.hops).compactMap(\.interface)
        var known: Set<String> = []
        for name in names where known.insert(name).inserted { makeInterface(name) }
    }
}
