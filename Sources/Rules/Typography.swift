import Texts

/// Characters that documents and messages have where a command line has a dash, a blank or a quotation mark.
package enum Typography {
    /// A character that is not what it looks like.
    package struct Impostor: Hashable {
        let scalar: Unicode.Scalar
        /// What it stands for: a dash, a blank, a quotation mark, or nothing where it cannot be seen.
        let meaning: Meaning

        /// What should have stood there, as in `- (U+002D) instead of – (U+2013)`.
        package var correction: String {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            return switch meaning {
            case .dash: "- (U+002D) instead of \(scalar) (\(code))"
            case .blank: "a blank (U+0020) instead of \(code)"
            case .quotation: "\" (U+0022) or nothing instead of \(scalar) (\(code))"
            case .nothing: "nothing instead of \(code), which cannot be seen"
            }
        }
    }

    package enum Meaning: Hashable {
        case dash, blank, quotation, nothing
    }

    /// The first such character of a text, and the text as it was meant; nil when there is none.
    package static func correct(_ text: String) -> (impostor: Impostor, meant: String)? {
        var first: Impostor?
        var meant = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard let meaning = meaning(of: scalar) else {
                meant.append(scalar)
                continue
            }
            if first == nil { first = Impostor(scalar: scalar, meaning: meaning) }
            switch meaning {
            case .dash: meant.append("-")
            case .blank: meant.append(" ")
            case .quotation, .nothing: break
            }
        }
        return first.map { ($0, String(meant)) }
    }

    /// What a character stands for that no command has; nil for all others.
    private static func meaning(of scalar: Unicode.Scalar) -> Meaning? {
        guard scalar.value > 0x7f else { return nil }
        switch scalar.value {
        // The hyphen, its relatives, the signs for minus.
        case 0x2010...0x2015, 0x2043, 0x2212, 0xfe58, 0xfe63, 0xff0d: return .dash
        case 0xa0, 0x1680, 0x2000...0x200a, 0x202f, 0x205f, 0x3000: return .blank
        case 0xab, 0xbb, 0xb4, 0x2018...0x201f, 0x2039, 0x203a, 0x2032, 0x2033, 0xff02, 0xff07: return .quotation
        // The soft hyphen, joiners, marks of direction, the mark of the byte order.
        case 0xad, 0x200b...0x200f, 0x2060...0x2064, 0xfeff: return .nothing
        default: return nil
        }
    }
}
