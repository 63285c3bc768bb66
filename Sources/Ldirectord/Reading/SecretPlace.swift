import Diagnostics

/// Finds what is not to be quoted: the values of `passwd`, `secret` and `login`, however the line is misspelt.
enum SecretPlace {
    /// Words that begin a secret wherever they stand with a `=` behind them.
    private static let words = ["passwd", "password", "secret", "login"].map { Array($0.utf8) }
    /// Other words that begin a line about a secret.
    private static let beginnings =
        words + ["pass", "passwort", "pwd", "user", "username", "credentials", "auth", "token"].map { Array($0.utf8) }
    private static let longestName = 32

    /// From behind the sign to the end of the line; nil for most lines.
    static func range(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard let start = start(in: bytes), start < bytes.endIndex else { return nil }
        let value = bytes.trimmed(start..<bytes.endIndex)
        return value.isEmpty ? nil : value
    }

    private static func start(in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        var isFirst = true
        while index < bytes.endIndex {
            guard bytes[index].isLetterOrDigit else {
                // A carriage return alone ends a line of old Macintoshes.
                if bytes[index] == 0x0d { isFirst = true }
                index += 1
                continue
            }
            let word = bytes[index...].prefix { $0.isOfPort }
            index = word.endIndex
            if isFirst {
                isFirst = false
                if isLike(word, beginnings) {
                    // Without a sign what stands behind the name is no less secret.
                    let rest = bytes[index...].drop(while: \.isBlank)
                    let hasSign = rest.first == UInt8(ascii: "=") || rest.first == UInt8(ascii: ":")
                    return hasSign ? rest.startIndex + 1 : index
                }
            } else if word.count >= 5, word.count <= 8, words.contains(where: { isEqual(word, $0) }) {
                let rest = bytes[index...].drop(while: \.isBlank)
                if rest.first == UInt8(ascii: "=") { return rest.startIndex + 1 }
            }
        }
        return nil
    }

    private static func isEqual(_ word: ArraySlice<UInt8>, _ other: [UInt8]) -> Bool {
        word.count == other.count && zip(word, other).allSatisfy { lowercased($0) == $1 }
    }

    /// Whether a name is one of some, or was to be: no directive that is no secret is so near.
    private static func isLike(_ word: ArraySlice<UInt8>, _ names: [[UInt8]]) -> Bool {
        guard (3...longestName).contains(word.count) else { return false }
        if names.contains(where: { isEqual(word, $0) }) { return true }
        guard let first = word.first.map(lowercased) else { return false }
        return words.contains { name in
            // Two letters that changed their places are the first ones too.
            name.prefix(2).contains(first) && abs(name.count - word.count) <= 2
                && Suggestion.distance(Array(word), name) <= 2
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }
}
