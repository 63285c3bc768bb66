import ArgumentParser
import Console
import Texts
import VRRP
import VRRPControl

/// `directrix vrrp`: what an operator asks and orders of virtual routers.
struct VRRPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrp",
        abstract: "Ask and order virtual routers.",
        discussion: """
            The virtual routers are in a process of their own, which goes on whatever becomes of the director.

            EXAMPLES
              directrix vrrp                  how they stand
              directrix vrrp watch eth0       what is advertised there
              directrix vrrp yield VI_1       give mastership away, and do not take it back
              directrix vrrp release VI_1     as if nothing had been ordered
            """,
        subcommands: [
            StatusCommand.self, WatchCommand.self, YieldCommand.self, TakeCommand.self, HoldCommand.self,
            ReleaseCommand.self, RestartCommand.self,
        ],
        defaultSubcommand: StatusCommand.self
    )
}

/// `directrix vrrp status`: how virtual routers stand.
struct StatusCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tell how virtual routers stand.",
        discussion: """
            The exit status is 0 when all of them take part in the election, 1 when one is in fault or shares its addresses with \
            another master, and 2 when there is nobody to ask.
            """
    )

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var place: RoutersPlace

    func run(_ context: SubcommandContext) -> Int32 {
        var isWell = true
        let status = place.converse(context) { conversation in
            let status = try conversation.status()
            isWell = status.node.routers.allSatisfy { $0.state != .fault && $0.rival == nil }
            let listing = RoutersListing(status: status, process: conversation.process)
            if json { listing.write(to: context.console) } else { context.console.text.append(listing.text) }
        }
        return status == SubcommandContext.Status.success && !isWell ? SubcommandContext.Status.difference : status
    }
}

/// What the commands that give an order share.
protocol OrderingCommand: DirectrixSubcommand {
    /// What is ordered.
    static var deed: NodeOrder.Deed { get }
    var place: RoutersPlace { get }
    /// The virtual router or group; nil for all.
    var name: String? { get }
}

extension OrderingCommand {
    func run(_ context: SubcommandContext) -> Int32 {
        place.converse(context) { conversation in
            try conversation.give(NodeOrder(Self.deed, of: name))
        }
    }
}

/// `directrix vrrp yield`: give mastership away.
struct YieldCommand: OrderingCommand {
    static let deed = NodeOrder.Deed.yield
    static let configuration = CommandConfiguration(
        commandName: "yield",
        abstract: "Give mastership away, and do not take it back until released.",
        discussion: """
            The others are told at once, so that the next one takes over within its skew and no connection has to wait for \
            advertisements that do not come. When there is no other router, this one becomes master again: somebody has to.
            """
    )

    @OptionGroup var place: RoutersPlace
    @Argument(help: "The virtual router or group; all of them unless given.") var name: String?
}

/// `directrix vrrp take`: become master.
struct TakeCommand: OrderingCommand {
    static let deed = NodeOrder.Deed.take
    static let configuration = CommandConfiguration(
        commandName: "take",
        abstract: "Become master, by the highest priority that is no owner's, until released."
    )

    @OptionGroup var place: RoutersPlace
    @Argument(help: "The virtual router or group; all of them unless given.") var name: String?
}

/// `directrix vrrp hold`: never become master.
struct HoldCommand: OrderingCommand {
    static let deed = NodeOrder.Deed.hold
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Do not become master until released; a master stays one until another takes over.",
        discussion: "For a machine that is being worked on: nothing moves now, and nothing moves here."
    )

    @OptionGroup var place: RoutersPlace
    @Argument(help: "The virtual router or group; all of them unless given.") var name: String?
}

/// `directrix vrrp release`: end what was ordered.
struct ReleaseCommand: OrderingCommand {
    static let deed = NodeOrder.Deed.release
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "End what was ordered before."
    )

    @OptionGroup var place: RoutersPlace
    @Argument(help: "The virtual router or group; all of them unless given.") var name: String?
}

/// `directrix vrrp restart`: begin again as the program that is installed now.
struct RestartCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Run the program of the virtual routers anew, and keep what they have.",
        discussion: """
            After an upgrade: the process becomes the new program, which goes on as master where the old one was. No address \
            moves, and no other router notices. Without --keep nothing is done: to give mastership away first, use yield, or stop \
            the service.
            """
    )

    @Flag(help: "Keep mastership and all addresses.")
    var keep = false

    @OptionGroup var place: RoutersPlace

    func validate() throws {
        guard keep else { throw ValidationError("'restart' is done with --keep alone; see its help") }
    }

    func run(_ context: SubcommandContext) -> Int32 {
        place.converse(context) { try $0.restart() }
    }
}
