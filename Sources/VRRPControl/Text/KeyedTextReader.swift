/// Reads a keyed text in one pass, within limits of length and depth.
struct KeyedTextReader {
    /// The lists and maps that may stand in one another.
    static let depth = 40

    private let bytes: [UInt8]
    private var position = 0

    /// Reads the value that a text is.
    ///
    /// - Parameter limit: the most bytes that are read.
    /// - Throws: `KeyedTextError`.
    static func value(of bytes: [UInt8], limit: Int) throws(KeyedTextError) -> KeyedValue {
        guard bytes.count <= limit else { throw KeyedTextError(reason: .tooLong, position: limit) }
        var reader = KeyedTextReader(bytes: bytes)
        let value = try reader.value(within: depth)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.error(.misplaced) }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func error(_ reason: KeyedTextError.Reason) -> KeyedTextError {
        KeyedTextError(reason: reason, position: position)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    /// Takes the byte if it is the next one.
    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func demand(_ character: Unicode.Scalar) throws(KeyedTextError) {
        guard takes(character) else { throw error(next == nil ? .unfinished : .misplaced) }
    }

    private mutating func value(within depth: Int) throws(KeyedTextError) -> KeyedValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return .map(try map(within: depth))
        case UInt8(ascii: "["): return .list(try list(within: depth))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "n"): return try word("null", .nothing)
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case nil: throw error(.unfinished)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: KeyedValue) throws(KeyedTextError) -> KeyedValue {
        for byte in word.utf8 {
            guard let next else { throw error(.unfinished) }
            guard next == byte else { throw error(.misplaced) }
            position += 1
        }
        return value
    }

    private mutating func number() throws(KeyedTextError) -> KeyedValue {
        let start = position
        _ = takes("-")
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        let digits = String(decoding: bytes[start..<position], as: UTF8.self)
        if digits.isEmpty || digits == "-" { throw error(next == nil ? .unfinished : .misplaced) }
        if let number = Int64(digits) { return .number(number) }
        if let number = UInt64(digits) { return .large(number) }
        position = start
        throw error(.number)
    }

    private mutating func list(within depth: Int) throws(KeyedTextError) -> [KeyedValue] {
        guard depth > 0 else { throw error(.tooDeep) }
        try demand("[")
        var values: [KeyedValue] = []
        skipBlanks()
        if takes("]") { return values }
        while true {
            values.append(try value(within: depth - 1))
            skipBlanks()
            if takes("]") { return values }
            try demand(",")
        }
    }

    private mutating func map(within depth: Int) throws(KeyedTextError) -> [String: KeyedValue] {
        guard depth > 0 else { throw error(.tooDeep) }
        try demand("{")
        var values: [String: KeyedValue] = [:]
        skipBlanks()
        if takes("}") { return values }
        while true {
            skipBlanks()
            let start = position
            let key = try text()
            skipBlanks()
            try demand(":")
            guard values.updateValue(try value(within: depth - 1), forKey: key) == nil else {
                throw KeyedTextError(reason: .repeatedKey, position: start)
            }
            skipBlanks()
            if takes("}") { return values }
            try demand(",")
        }
    }

    private mutating func text() throws(KeyedTextError) -> String {
        try demand("\"")
        var characters: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: characters, as: UTF8.self) else { throw error(.characters) }
                return text
            case UInt8(ascii: "\\"): characters += try escaped()
            case ..<0x20: throw error(.characters)
            default: characters.append(byte)
            }
        }
        throw error(.unfinished)
    }

    private mutating func escaped() throws(KeyedTextError) -> [UInt8] {
        guard let byte = next else { throw error(.unfinished) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try codePoint()
        default: throw error(.characters)
        }
    }

    private mutating func codePoint() throws(KeyedTextError) -> [UInt8] {
        var number = try fourDigits()
        if (0xd800..<0xdc00).contains(number), takes("\\"), takes("u") {
            let second = try fourDigits()
            guard (0xdc00..<0xe000).contains(second) else { throw error(.characters) }
            number = 0x10000 + (number - 0xd800) << 10 + (second - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(number) else { throw error(.characters) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func fourDigits() throws(KeyedTextError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw error(.unfinished) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.characters) }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}
