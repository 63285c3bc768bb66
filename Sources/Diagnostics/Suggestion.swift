/// Finds the name that a misspelt one was to be.
package enum Suggestion {
    /// The nearest of some names, if it is near enough; the first of several that are equally near.
    package static func nearest(to word: String, among names: [String]) -> String? {
        let word = Array(word.utf8.prefix(longest))
        var best: (name: String, distance: Int)?
        for name in names {
            let letters = Array(name.utf8)
            guard abs(letters.count - word.count) <= 2 else { continue }
            let distance = distance(word, letters)
            guard distance <= min(2, letters.count / 3), distance < best?.distance ?? .max else { continue }
            best = (name, distance)
        }
        return best?.name
    }

    /// The most bytes of a word that are compared.
    private static let longest = 32

    /// How many letters must be added, removed, replaced or swapped with their neighbour; case does not count.
    package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let left = left.map(lowercased)
        let right = right.map(lowercased)
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }
}
