import Synchronization

/// The memory that texts which are still searched may take together.
///
/// A pattern like `(?s)a.*b$` is undecided as long as the text goes on, so that all of it must be kept. What one search
/// keeps is bounded by its own limit; this bounds them all. A search that alone keeps more than the budget is let be: the
/// operator has asked for it.
package final class TextBudget: Sendable {
    /// The budget of this process: 32 MiB.
    package static let shared = TextBudget(bytes: 32 << 20)

    /// The bytes in all.
    package let bytes: Int
    private let taken = Atomic<Int>(0)

    /// Makes a budget of so many bytes.
    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// The bytes that searches have taken.
    package var takenBytes: Int { taken.load(ordering: .relaxed) }

    /// Takes so many bytes for one who has others already.
    fileprivate func take(_ count: Int, beside own: Int) -> Bool {
        let (former, sum) = taken.add(count, ordering: .relaxed)
        guard sum > bytes, former > own else { return true }
        giveBack(count)
        return false
    }

    fileprivate func giveBack(_ count: Int) {
        taken.subtract(count, ordering: .relaxed)
    }

    /// What one search has taken; it is given back with this object.
    final class Share: Sendable {
        private let budget: TextBudget
        private let count = Atomic<Int>(0)

        init(of budget: TextBudget) {
            self.budget = budget
        }

        deinit {
            budget.giveBack(count.load(ordering: .relaxed))
        }

        /// Takes as much as is missing to that many bytes.
        ///
        /// - Returns: whether there was so much.
        func grow(to wanted: Int) -> Bool {
            let own = count.load(ordering: .relaxed)
            let missing = wanted - own
            guard missing > 0 else { return true }
            guard budget.take(missing, beside: own) else { return false }
            count.add(missing, ordering: .relaxed)
            return true
        }
    }
}
