extension ContentPattern {
    /// Options of PCRE2 that a configuration can name.
    package struct Options: OptionSet, Hashable, Sendable {
        /// A bit for each name, in the order of `allNames`.
        package let rawValue: UInt32

        /// Makes a set of those bits.
        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// The option of that name, as pcre2api(3) has it in lower case without `PCRE2_`; nil for an unknown one.
        package init?(name: String) {
            guard let index = Self.allNames.firstIndex(of: name) else { return nil }
            self.init(rawValue: 1 << UInt32(index))
        }

        /// The names of these options, in the order of `allNames`.
        package var names: [String] {
            Self.allNames.enumerated().filter { rawValue & 1 << UInt32($0.offset) != 0 }.map(\.element)
        }

        /// The names that are known, 24 of them.
        package static let allNames = [
            "allow_empty_class", "alt_bsux", "alt_circumflex", "alt_verbnames", "auto_callout", "caseless",
            "dollar_endonly", "dotall", "dupnames", "extended", "firstline", "match_unset_backref", "multiline",
            "never_backslash_c", "never_ucp", "never_utf", "no_auto_capture", "no_auto_possess", "no_dotstar_anchor",
            "no_start_optimize", "ucp", "ungreedy", "use_offset_limit", "utf",
        ]
    }
}
