/// Why a server or a pool is told to be up or down.
package enum Occasion: Hashable, Sendable {
    /// The first verdict since the director has it.
    case start
    /// Its checks or the operator say so.
    case running
    /// Another configuration has it otherwise, or no longer has it.
    case reload
    /// The director stops.
    case stop
}
