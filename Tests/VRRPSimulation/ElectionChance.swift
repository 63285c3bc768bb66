import TestKit

/// Chances that are the same for the same seed.
struct ElectionChance {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// True so many times in a thousand.
    mutating func happens(_ permille: Int) -> Bool {
        permille > 0 && Int.random(in: 0..<1000, using: &generator) < permille
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func one<Element>(of elements: [Element], or other: Element) -> Element {
        elements.randomElement(using: &generator) ?? other
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &generator) }
}
