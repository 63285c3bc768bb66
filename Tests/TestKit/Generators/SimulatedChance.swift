/// Chances that are the same for the same seed.
package struct SimulatedChance {
    private var generator: SeededGenerator

    /// Makes the chances of a seed.
    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// True so many times in a thousand.
    package mutating func happens(_ permille: Int) -> Bool {
        permille > 0 && Int.random(in: 0..<1000, using: &generator) < permille
    }

    /// A number of a range, each as likely.
    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// One of several, or another one where there are none.
    package mutating func one<Element>(of elements: [Element], or other: Element) -> Element {
        elements.randomElement(using: &generator) ?? other
    }

    /// Each element or not.
    package mutating func some<Element>(of elements: [Element], permille: Int) -> [Element] {
        elements.filter { _ in happens(permille) }
    }

    /// The same in another order.
    package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &generator) }

    /// Another source, of its own sequence.
    package mutating func fork() -> SimulatedChance { SimulatedChance(seed: generator.next()) }
}
