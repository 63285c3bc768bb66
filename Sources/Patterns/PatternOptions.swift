import CPCRE2

/// Options that an expression of PCRE2 is compiled with.
package struct PatternOptions: OptionSet, Hashable, Sendable {
    /// The bits of pcre2_compile(3).
    package let rawValue: UInt32

    /// Makes a set of those bits.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The option of a name as pcre2api(3) has it, in lower case and without `PCRE2_`; nil for one that is unknown here.
    package init?(name: String) {
        guard let bits = Self.named[name] else { return nil }
        self.init(rawValue: bits)
    }

    /// The options that the names stand for; unknown ones are left out.
    package init(names: [String]) {
        self.init(names.compactMap(PatternOptions.init(name:)))
    }

    /// Bytes are characters of UTF-8.
    static let utf = PatternOptions(rawValue: UInt32(PCRE2_UTF))
    /// A match begins in the first line.
    static let firstLine = PatternOptions(rawValue: UInt32(PCRE2_FIRSTLINE))
    /// What is no UTF-8 matches nothing, instead of ending the search.
    static let matchInvalidUTF = PatternOptions(rawValue: UInt32(PCRE2_MATCH_INVALID_UTF))
    /// The place up to which a match may begin can be told to a search.
    static let useOffsetLimit = PatternOptions(rawValue: UInt32(PCRE2_USE_OFFSET_LIMIT))

    private static let named: [String: UInt32] = [
        "allow_empty_class": UInt32(PCRE2_ALLOW_EMPTY_CLASS), "alt_bsux": UInt32(PCRE2_ALT_BSUX),
        "alt_circumflex": UInt32(PCRE2_ALT_CIRCUMFLEX), "alt_verbnames": UInt32(PCRE2_ALT_VERBNAMES),
        "auto_callout": UInt32(PCRE2_AUTO_CALLOUT), "caseless": UInt32(PCRE2_CASELESS),
        "dollar_endonly": UInt32(PCRE2_DOLLAR_ENDONLY), "dotall": UInt32(PCRE2_DOTALL),
        "dupnames": UInt32(PCRE2_DUPNAMES), "extended": UInt32(PCRE2_EXTENDED),
        "firstline": UInt32(PCRE2_FIRSTLINE), "match_unset_backref": UInt32(PCRE2_MATCH_UNSET_BACKREF),
        "multiline": UInt32(PCRE2_MULTILINE), "never_backslash_c": UInt32(PCRE2_NEVER_BACKSLASH_C),
        "never_ucp": UInt32(PCRE2_NEVER_UCP), "never_utf": UInt32(PCRE2_NEVER_UTF),
        "no_auto_capture": UInt32(PCRE2_NO_AUTO_CAPTURE), "no_auto_possess": UInt32(PCRE2_NO_AUTO_POSSESS),
        "no_dotstar_anchor": UInt32(PCRE2_NO_DOTSTAR_ANCHOR),
        "no_start_optimize": UInt32(PCRE2_NO_START_OPTIMIZE), "ucp": UInt32(PCRE2_UCP),
        "ungreedy": UInt32(PCRE2_UNGREEDY), "use_offset_limit": UInt32(PCRE2_USE_OFFSET_LIMIT),
        "utf": UInt32(PCRE2_UTF),
    ]
}
