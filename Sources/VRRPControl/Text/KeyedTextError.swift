/// Why a text is none that can be read, and at which byte.
package struct KeyedTextError: Error, Hashable, Sendable {
    /// What is wrong with it.
    package enum Reason: Hashable, Sendable {
        /// It is longer than its reader takes.
        case tooLong
        /// Its lists and maps stand in one another deeper than its reader takes.
        case tooDeep
        /// It ends too early.
        case unfinished
        /// A byte stands where it must not.
        case misplaced
        /// A number is none of 64 bits.
        case number
        /// A text is no UTF-8, or has an escape that stands for no character.
        case characters
        /// A map has the same key twice.
        case repeatedKey
    }

    package var reason: Reason
    /// The bytes before it.
    package var position: Int
}
