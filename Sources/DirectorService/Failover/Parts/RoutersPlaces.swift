import System

/// Where a director finds the process of its virtual routers, or how it starts one.
package struct RoutersPlaces: Hashable, Sendable {
    /// The socket of a process that a service manager runs, which is taken where it listens; nil for none.
    package var unit: String?
    /// The folder of a process that a director of this instance starts.
    package var own: String
    /// The program of such a process.
    package var program: String
    /// The file for the number of the process; nil for none.
    package var pidFile: String?
    /// Whether the routers are in the director's own process instead (`--single`).
    package var isSingle = false

    /// The socket of the process that a service manager runs.
    package static let unitSocket = "/run/directrix-vrrp/socket"

    /// What the names of folders of processes begin with that directors start; the name of the instance follows.
    package static let ownPrefix = "directrix-vrrp-"

    /// The socket of a process that a director of this instance starts.
    var ownSocket: String { "\(own)/socket" }

    /// Names the places.
    package init(unit: String? = RoutersPlaces.unitSocket, own: String, program: String) {
        self.unit = unit
        self.own = own
        self.program = program
    }

    /// The command that starts a process of one's own.
    var command: ProgramCommand {
        ProgramCommand(program: program, arguments: ["--folder", own], output: .inherited)
    }
}
