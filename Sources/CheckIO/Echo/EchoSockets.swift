import Addresses
import System

/// The sockets for echo requests that are open: one for each family and origin.
///
/// Those of the runner's own origin stay open; the others as long as a probe holds them, for a new configuration may have
/// none of their origins.
struct EchoSockets {
    private struct Key: Hashable {
        let family: AddressFamily
        let origin: SocketOrigin
    }

    private struct Held {
        weak var socket: EchoSocket?
    }

    private var kept: [Key: EchoSocket] = [:]
    private var held: [Key: Held] = [:]

    /// The socket of a family and origin; nil where none is open.
    subscript(family: AddressFamily, origin: SocketOrigin) -> EchoSocket? {
        let key = Key(family: family, origin: origin)
        return kept[key] ?? held[key]?.socket
    }

    /// Takes a socket that was opened.
    ///
    /// - Parameter stays: whether it stays open while no probe holds it.
    mutating func add(_ socket: EchoSocket, from origin: SocketOrigin, stays: Bool) {
        let key = Key(family: socket.family, origin: origin)
        guard !stays else { return kept[key] = socket }
        held = held.filter { $0.value.socket != nil }
        held[key] = Held(socket: socket)
    }
}
