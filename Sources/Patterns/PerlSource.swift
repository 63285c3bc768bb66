/// A Perl regular expression in the words of PCRE2.
///
/// The two agree on nearly everything. What PCRE2 reads otherwise is written here so that it means what it does in Perl,
/// and refused where there is no way to say it.
struct PerlSource {
    private(set) var bytes: [UInt8] = []
    /// Where in the source each of the bytes comes from.
    private var places: [Int] = []
    private let source: [UInt8]
    private var index = 0

    /// What a member of a character class is.
    private enum Member {
        case character
        /// Several characters, which begin and end no range.
        case set
    }

    /// Reads an expression as Perl does.
    ///
    /// - Throws: `PatternError` where it has what PCRE2 has not.
    init(_ source: [UInt8]) throws(PatternError) {
        self.source = source
        bytes.reserveCapacity(source.count)
        places.reserveCapacity(source.count)
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "\\"): _ = try escape(inClass: false)
            case UInt8(ascii: "["): try characterClass()
            case UInt8(ascii: "("): try group()
            case UInt8(ascii: "{"): repetition()
            default: take(1)
            }
        }
    }

    /// The place in the source that a place in `bytes` comes from.
    func sourceOffset(of offset: Int) -> Int {
        offset < places.count ? places[max(offset, 0)] : source.count
    }

    private func byte(_ distance: Int) -> UInt8? {
        index + distance < source.count ? source[index + distance] : nil
    }

    /// Takes so many bytes as they are.
    private mutating func take(_ count: Int) {
        for _ in 0..<min(count, source.count - index) {
            bytes.append(source[index])
            places.append(index)
            index += 1
        }
    }

    /// Puts a text in the place of so many bytes.
    private mutating func put(_ text: some Sequence<UInt8>, for count: Int) {
        for byte in text {
            bytes.append(byte)
            places.append(index)
        }
        index += min(count, source.count - index)
    }

    private func unsupported(_ what: String) -> PatternError {
        PatternError(message: "\(what) is not supported", offset: index, isUnsupported: true)
    }

    /// The place of the next brace that closes; nothing that counts in braces is long.
    private func closingBrace(after place: Int) -> Int? {
        source[min(place, source.count)...].prefix(64).firstIndex(of: UInt8(ascii: "}"))
    }

    // MARK: Escapes

    /// Letters that Perl takes for themselves behind a backslash; to PCRE2 some of them mean something, others are errors.
    private static let plainLetters = Set("EFIJLMOQTUYijlmquy".utf8)
    private static let setLetters = Set("DHNRSVWXdhsvw".utf8)

    private mutating func escape(inClass: Bool) throws(PatternError) -> Member {
        guard let letter = byte(1) else {
            take(1)
            return .character
        }
        let isBraced = byte(2) == UInt8(ascii: "{")
        switch letter {
        case UInt8(ascii: "p"), UInt8(ascii: "P"):
            try property(inClass: inClass)
            return .set
        case UInt8(ascii: "N") where isBraced:
            guard byte(3) == UInt8(ascii: "U"), byte(4) == UInt8(ascii: "+") else {
                // A newline's opposite, with a repetition behind it.
                guard repetition(at: index + 2) != nil else { throw unsupported("\\N{…}") }
                take(2)
                return .set
            }
            put("\\x{".utf8, for: 5)
        case UInt8(ascii: "b") where isBraced && !inClass, UInt8(ascii: "B") where isBraced && !inClass:
            throw unsupported("\\\(Character(Unicode.Scalar(letter))){…}")
        case UInt8(ascii: "x") where isBraced, UInt8(ascii: "o") where isBraced, UInt8(ascii: "g") where isBraced,
            UInt8(ascii: "k") where isBraced:
            take(3)
        case UInt8(ascii: "c"):
            take(3)
            return .character
        case let letter where Self.plainLetters.contains(letter):
            put(CollectionOfOne(letter), for: 2)
            return .character
        default:
            take(2)
            return Self.setLetters.contains(letter) ? .set : .character
        }
        takeBraced()
        return .character
    }

    /// Takes what stands in braces, without the blanks that Perl allows there.
    private mutating func takeBraced() {
        while let next = byte(0) {
            if next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") {
                index += 1
            } else {
                take(1)
                if next == UInt8(ascii: "}") { return }
            }
        }
    }

    // MARK: Properties

    /// What Perl's names for sets mean in a class of PCRE2, without the `Is` or `XPosix` that may stand before them.
    private static let properties: [String: [String]] = [
        "alnum": ["\\p{Alphabetic}", "\\p{Nd}"], "alpha": ["\\p{Alphabetic}"], "blank": ["\\h"], "cntrl": ["\\p{Cc}"],
        "digit": ["\\p{Nd}"], "lower": ["\\p{Lowercase}"], "punct": ["\\p{P}"], "space": ["\\p{White_Space}"],
        "upper": ["\\p{Uppercase}"], "word": ["\\p{Alphabetic}", "\\p{Nd}", "_"], "xdigit": ["[:xdigit:]"],
    ]
    private static let posixClasses: Set = [
        "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
        "xdigit",
    ]

    /// `\p{NAME}` or `\P{NAME}`; what is no name of Perl's own is left to PCRE2, which knows Unicode's.
    private mutating func property(inClass: Bool) throws(PatternError) {
        guard byte(2) == UInt8(ascii: "{"),
            let end = closingBrace(after: index + 3)
        else { return take(3) }
        let count = end + 1 - index
        var written = source[(index + 3)..<end]
        var isNegated = byte(1) == UInt8(ascii: "P")
        if written.first == UInt8(ascii: "^") {
            isNegated.toggle()
            written.removeFirst()
        }
        var name = String(decoding: written, as: UTF8.self).lowercased()
        name.removeAll { $0 == " " || $0 == "_" || $0 == "-" }
        if name.hasPrefix("is") { name.removeFirst(2) }
        let members: [String]
        if name.hasPrefix("posix"), Self.posixClasses.contains(String(name.dropFirst(5))) {
            members = ["[:\(name.dropFirst(5)):]"]
        } else if name.hasPrefix("xposix"), name != "xposixpunct",
            let known = Self.properties[String(name.dropFirst(6))]
        {
            members = known
        } else {
            members = Self.properties[name] ?? ["\\p{\(name)}"]
        }
        if !inClass {
            put("[\(isNegated ? "^" : "")\(members.joined())]".utf8, for: count)
        } else if !isNegated {
            put(members.joined().utf8, for: count)
        } else if members.count == 1, let member = members.first {
            put(Self.opposite(of: member).utf8, for: count)
        } else {
            throw unsupported("\\P{\(name)} in brackets")
        }
    }

    private static func opposite(of member: String) -> String {
        if member.hasPrefix("[:") { return "[:^" + member.dropFirst(2) }
        return "\\" + member.dropFirst().prefix(1).uppercased() + member.dropFirst(2)
    }

    // MARK: Classes

    /// A class in brackets; a hyphen beside a set is a hyphen to Perl, and an error to PCRE2.
    private mutating func characterClass() throws(PatternError) {
        take(1)
        if byte(0) == UInt8(ascii: "^") { take(1) }
        var previous: Member?
        if byte(0) == UInt8(ascii: "]") {
            take(1)
            previous = .character
        }
        while let next = byte(0), next != UInt8(ascii: "]") {
            guard next == UInt8(ascii: "-"), let former = previous, let after = byte(1), after != UInt8(ascii: "]")
            else {
                previous = try member()
                continue
            }
            previous = nil
            if former == .set || isSet(at: index + 1) {
                put("\\-".utf8, for: 1)
            } else {
                take(1)
                _ = try member()
            }
        }
        take(1)
    }

    /// Takes a member of a class.
    private mutating func member() throws(PatternError) -> Member {
        if byte(0) == UInt8(ascii: "\\") { return try escape(inClass: true) }
        guard let end = endOfPosixClass(at: index) else {
            take(1)
            return .character
        }
        take(end - index)
        return .set
    }

    private func isSet(at place: Int) -> Bool {
        if endOfPosixClass(at: place) != nil { return true }
        guard place + 1 < source.count, source[place] == UInt8(ascii: "\\") else { return false }
        let letter = source[place + 1]
        return Self.setLetters.contains(letter) || letter == UInt8(ascii: "p") || letter == UInt8(ascii: "P")
    }

    /// The place behind a class such as `[:alpha:]` that begins at a place.
    private func endOfPosixClass(at place: Int) -> Int? {
        guard source[place...].starts(with: "[:".utf8) else { return nil }
        var end = place + 2
        while end < source.count, source[end] == UInt8(ascii: "^") || (0x61...0x7a).contains(source[end]) { end += 1 }
        return source[min(end, source.count)...].starts(with: ":]".utf8) ? end + 2 : nil
    }

    // MARK: Groups and repetitions

    /// A group; the modifiers that choose among character sets have no meaning for bytes.
    private mutating func group() throws(PatternError) {
        guard byte(1) == UInt8(ascii: "?") else { return take(1) }
        if byte(2) == UInt8(ascii: "[") { throw unsupported("(?[…])") }
        if byte(2) == UInt8(ascii: "#") {
            while let next = byte(0), next != UInt8(ascii: ")") { take(1) }
            return
        }
        let letters = source[(index + 2)...].prefix { (0x61...0x7a).contains($0) || "^-".utf8.contains($0) }
        let end = letters.endIndex
        guard end < source.count, source[end] == UInt8(ascii: ")") || source[end] == UInt8(ascii: ":") else {
            return take(2)
        }
        put("(?".utf8, for: 2)
        put(letters.filter { !"adlpu".utf8.contains($0) }, for: letters.count)
    }

    /// A repetition, in which Perl allows blanks, and the least number to be left out.
    private mutating func repetition() {
        guard let (text, count) = repetition(at: index) else { return take(1) }
        put(text.utf8, for: count)
    }

    private func repetition(at place: Int) -> (text: String, count: Int)? {
        guard let end = closingBrace(after: place + 1) else { return nil }
        let ends = source[(place + 1)..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self).trimmingBlanks
        }
        guard ends.count <= 2, ends.contains(where: { !$0.isEmpty }),
            ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let least = ends[0].isEmpty ? "0" : ends[0]
        return ("{\(ends.count == 2 ? "\(least),\(ends[1])" : least)}", end + 1 - place)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let rest = drop(while: isBlank)
        return String(rest.reversed().drop(while: isBlank).reversed())
    }
}
