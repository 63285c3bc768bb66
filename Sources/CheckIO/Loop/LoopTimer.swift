/// A timer of a loop, to cancel it by; harmless once it has fired.
package struct LoopTimer: Hashable, Sendable {
    let index: UInt32
    let generation: UInt32
}
