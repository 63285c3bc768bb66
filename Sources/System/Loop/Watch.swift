/// A descriptor that a loop watches, to end that by; harmless once ended.
package struct Watch: Hashable, Sendable {
    let index: UInt32
    let generation: UInt32
}
