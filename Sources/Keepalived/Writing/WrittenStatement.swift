/// A statement as it is to be written: a keyword, its values, and what stands in its block.
struct WrittenStatement: Hashable, Sendable {
    let keyword: String
    let values: [WrittenValue]
    let block: [WrittenStatement]?

    init(_ keyword: String, _ values: WrittenValue..., block: [WrittenStatement]? = nil) {
        self.init(keyword, values: values, block: block)
    }

    init(_ keyword: String, values: [WrittenValue], block: [WrittenStatement]? = nil) {
        self.keyword = keyword
        self.values = values
        self.block = block
    }
}

/// A value as it is to be written.
enum WrittenValue: Hashable, Sendable {
    /// A word of the language, an address or a name of a few signs.
    case word(String)
    case number(Int64)
    case time(Duration)
    case boolean(Bool)
    /// Any text, in the reading that most values have.
    case text(String)
    /// Any text, in the reading that scripts and patterns have.
    case script(String)
    /// A text that may be shown to nobody.
    case secret(String)
}

extension WrittenValue {
    /// A text that needs quotes only where it has signs of the language.
    static func plain(_ text: String) -> WrittenValue {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "_-.:/".utf8.contains(byte)
                }
            }
        return isPlain ? .word(text) : .text(text)
    }
}
