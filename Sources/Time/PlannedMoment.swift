/// What is planned for a moment in a heap, to take it back by; harmless once it has been taken out.
package struct PlannedMoment: Hashable, Sendable {
    @usableFromInline let index: UInt32
    @usableFromInline let generation: UInt32

    @inlinable
    init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }
}
