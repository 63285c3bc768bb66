/// What the text of an expression says about how a search may be cut into pieces.
///
/// PCRE2 does not tell, so the text is looked through for what might be such a feature: escaped or in a class it is none,
/// which costs time and no answer.
struct SourceFeatures {
    /// How many assertions about what lies behind there may be.
    private(set) var lookbehinds = 0
    /// Whether a search may go on at a later place with what came before forgotten.
    let isStreamable: Bool

    init(_ source: [UInt8]) {
        var callsGroups = false
        var hasPlaceOfStart = false
        var hasVerbs = false
        for (index, byte) in source.enumerated() {
            let rest = source[(index + 1)...]
            switch byte {
            case UInt8(ascii: "\\"):
                // `\G` is where the search began.
                if rest.first == UInt8(ascii: "G") { hasPlaceOfStart = true }
                if rest.first == UInt8(ascii: "g") { callsGroups = true }
            case UInt8(ascii: "("):
                // Verbs can end the search for good, or move the place where it goes on.
                if rest.first == UInt8(ascii: "*") { hasVerbs = true }
                guard rest.first == UInt8(ascii: "?"), let kind = rest.dropFirst().first else { continue }
                switch kind {
                case UInt8(ascii: "<"): lookbehinds += 1
                case UInt8(ascii: "R"), UInt8(ascii: "&"), UInt8(ascii: "P"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                    0x30...0x39:
                    callsGroups = true
                default: break
                }
            default: break
            }
        }
        isStreamable = !hasPlaceOfStart && !hasVerbs && !(callsGroups && lookbehinds > 0)
    }
}
