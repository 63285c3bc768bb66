/// Why a server or a pool is told to be up or down.
package enum Occasion: Hashable, Sendable {
    /// The first verdict since the director has it.
    case start
    /// Its checks or the operator say so.
    case running
    /// Another configuration has it otherwise.
    case reload
    /// Another configuration no longer has the server.
    case removal
    /// Another configuration no longer has the pool.
    case poolRemoval
    /// The director stops.
    case stop
}
