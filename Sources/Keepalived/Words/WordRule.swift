/// What is known of a word: where its block leads, what values it takes, and what becomes of a second one.
///
/// There is one for each word of each kind of block, and everything that was read by it refers to it.
final class WordRule: Sendable {
    /// What becomes of a word that is said twice in a block.
    enum Repetition: Hashable, Sendable {
        /// The last counts, and the first is lost.
        case last
        /// The first counts, and the others are lost.
        case first
        /// All count.
        case adds
    }

    /// What the word is to us.
    enum Standing: Hashable, Sendable {
        case current
        /// It is of an older version, and does what another does.
        case old(instead: String)
        /// It is of an older version or another program, and does nothing, for the reason given.
        case idle(String)
    }

    /// The word as it is written.
    let name: String
    /// The values behind it.
    let values: ValueRule
    /// What stands in its block; nil where it has none.
    let block: Scope?
    let repetition: Repetition
    let standing: Standing
    /// The word whose place it takes, under which its values are found.
    let meaning: String

    init(
        _ name: String,
        _ values: ValueRule = .none,
        block: Scope? = nil,
        repetition: Repetition? = nil,
        standing: Standing = .current,
        as meaning: String? = nil
    ) {
        self.name = name
        self.values = values
        self.block = block
        self.repetition = repetition ?? (block == nil ? .last : .adds)
        self.standing = standing
        if case .old(let instead) = standing, meaning == nil {
            self.meaning = instead
        } else {
            self.meaning = meaning ?? name
        }
    }
}
