import CPCRE2

/// A regular expression over bytes.
///
/// One of Perl means what it means in Perl between slashes, without modifiers and without a locale: `.` is anything but a
/// newline, `$` is the end or just before a last newline. One of PCRE2 means what it means there with its options.
///
/// The compiled expression is written once, in `init`, and PCRE2 only reads it later on; that makes it `Sendable`.
package final class Pattern: @unchecked Sendable {
    /// How many bytes before a place in the text can decide whether there is a match from there on.
    let lookbehind: Int
    /// Whether a text can be searched piece by piece, each piece once.
    let isStreamable: Bool

    private let code: OpaquePointer

    /// Compiles an expression of Perl.
    ///
    /// - Throws: `PatternError` where it is none.
    package convenience init(_ source: String) throws(PatternError) {
        let text = try PerlSource(Array(source.utf8))
        let options = UInt32(PCRE2_NEVER_UTF) | UInt32(PCRE2_NEVER_UCP)
        try self.init(text.bytes, PatternOptions(rawValue: options), behind: 0) { text.sourceOffset(of: $0) }
    }

    /// Compiles an expression of PCRE2.
    ///
    /// - Parameter limitsOffset: whether a search may be told the place up to which a match may begin.
    /// - Throws: `PatternError` where it is none.
    package convenience init(
        _ source: String,
        _ options: PatternOptions,
        limitsOffset: Bool = false
    ) throws(PatternError) {
        let bytes = Array(source.utf8)
        let settings = Self.settings(in: bytes)
        var options = options
        if limitsOffset { options.insert(.useOffsetLimit) }
        if options.contains(.utf) || String(decoding: bytes[..<settings], as: UTF8.self).contains("(*UTF)") {
            options.formUnion([.utf, .matchInvalidUTF])
        }
        try self.init(bytes, options, behind: settings) { $0 }
    }

    /// - Parameters:
    ///   - place: how many bytes have to stay in front, before what is called at each place.
    ///   - sourceOffset: where in the source a byte of the expression comes from.
    private init(
        _ source: [UInt8],
        _ options: PatternOptions,
        behind place: Int,
        sourceOffset: (Int) -> Int
    ) throws(PatternError) {
        let bytes = source[..<place] + Pattern.callout + source[place...]
        guard let context = pcre2_compile_context_create_8(nil) else {
            throw PatternError(message: "no memory for the pattern", offset: 0)
        }
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        var number: Int32 = 0
        var offset = 0
        let compiled = bytes.withUnsafeBufferPointer {
            pcre2_compile_8($0.baseAddress ?? Pattern.nothing, $0.count, options.rawValue, &number, &offset, context)
        }
        guard let compiled else {
            throw PatternError(
                message: Pattern.message(number),
                offset: sourceOffset(offset <= place ? offset : max(offset - Pattern.callout.count, place)),
                isUnsupported: Pattern.unsupported.contains(number)
            )
        }
        code = compiled
        var behind: UInt32 = 0
        pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_MAXLOOKBEHIND), &behind)
        let features = SourceFeatures(Array(bytes))
        // Assertions about what lies behind may stand in each other; two more bytes for `\b` and for `^` in front.
        lookbehind = Int(behind) * (1 + features.lookbehinds) + 2
        // A character may be cut in two, and a first line is one of the whole text.
        isStreamable = features.isStreamable && options.isDisjoint(with: [.utf, .firstLine])
    }

    /// How many bytes of settings such as `(*UTF)` an expression begins with: these have to be its very first.
    private static func settings(in source: [UInt8]) -> Int {
        var end = 0
        while source[end...].starts(with: "(*".utf8) {
            let word = source[(end + 2)...].prefix { $0 == UInt8(ascii: "_") || (0x41...0x5a).contains($0) }
            let value = source[word.endIndex...].prefix { $0 == UInt8(ascii: "=") || (0x30...0x39).contains($0) }
            guard settingWords.contains(String(decoding: word, as: UTF8.self)),
                value.endIndex < source.count, source[value.endIndex] == UInt8(ascii: ")")
            else { break }
            end = value.endIndex + 1
        }
        return end
    }

    /// The settings of pcre2pattern(3), "Special start-of-pattern items".
    private static let settingWords: Set = [
        "UTF", "UCP", "NOTEMPTY", "NOTEMPTY_ATSTART", "NO_AUTO_POSSESS", "NO_DOTSTAR_ANCHOR", "NO_JIT", "NO_START_OPT",
        "LIMIT_HEAP", "LIMIT_MATCH", "LIMIT_DEPTH", "LIMIT_RECURSION", "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL",
        "BSR_ANYCRLF", "BSR_UNICODE",
    ]

    deinit {
        pcre2_code_free_8(code)
    }

    /// Searches the whole of a text.
    package func search(_ bytes: RawSpan) -> PatternOutcome {
        var allowance = PatternAllowance()
        return search(bytes, within: &allowance)
    }

    /// Searches the whole of a text.
    package func search(_ bytes: [UInt8]) -> PatternOutcome {
        search(bytes.span.bytes)
    }

    /// Searches the whole of one of many texts, that share the time they may take.
    package func search(_ bytes: [UInt8], within allowance: inout PatternAllowance) -> PatternOutcome {
        search(bytes.span.bytes, within: &allowance)
    }

    private func search(_ bytes: RawSpan, within allowance: inout PatternAllowance) -> PatternOutcome {
        allowance.grant(forBytes: bytes.byteCount)
        return bytes.withUnsafeBytes { text in
            switch match(text, from: 0, isWhole: true, within: &allowance) {
            case .found: .found
            case .notFound, .undecided: .notFound
            case .limit: .limit
            }
        }
    }

    /// What one look at a part of a text came to.
    enum Look {
        case found
        case notFound
        /// A match may begin at that place; what follows the part decides.
        case undecided(from: Int)
        case limit
    }

    /// Looks for a match that begins at `start` or later.
    ///
    /// Where the text is not whole, its end decides nothing.
    ///
    /// - Parameter bound: the place from which on no match may begin, where the expression was compiled to be told; nil for
    ///   none.
    func match(
        _ text: UnsafeRawBufferPointer,
        from start: Int,
        before bound: Int? = nil,
        isWhole: Bool,
        within allowance: inout PatternAllowance
    ) -> Look {
        guard start <= text.count, start < bound ?? .max else { return .notFound }
        guard allowance.left > 0 else { return .limit }
        guard let data = pcre2_match_data_create_8(1, nil) else { return .limit }
        defer { pcre2_match_data_free_8(data) }
        guard let context = pcre2_match_context_create_8(nil) else { return .limit }
        defer { pcre2_match_context_free_8(context) }
        let steps = min(Pattern.stepsAtMost, Pattern.stepsAtLeast + Pattern.stepsPerByte * (text.count - start))
        pcre2_set_match_limit_8(context, UInt32(steps))
        pcre2_set_depth_limit_8(context, UInt32(steps))
        pcre2_set_heap_limit_8(context, Pattern.heapKibibytes)
        if let bound { pcre2_set_offset_limit_8(context, bound - 1) }
        let subject = text.assumingMemoryBound(to: UInt8.self)
        let options = isWhole ? 0 : UInt32(PCRE2_PARTIAL_HARD)
        let base = subject.baseAddress ?? Pattern.nothing
        var clock = SearchClock(allowance)
        let status = clock.watch(context) { pcre2_match_8(code, base, subject.count, start, options, data, context) }
        allowance.charge(clock.taken)
        switch status {
        case 0...: return .found
        case PCRE2_ERROR_NOMATCH: return .notFound
        case PCRE2_ERROR_PARTIAL:
            guard let offsets = pcre2_get_ovector_pointer_8(data) else { return .limit }
            return .undecided(from: offsets[0])
        default: return .limit
        }
    }

    /// What is called at each place where a match may begin.
    private static let callout = Array("(?C)".utf8)
    /// The steps from one such place on: as many as a text has bytes are taken by many a sensible pattern.
    private static let stepsAtLeast = 100_000
    private static let stepsPerByte = 2
    private static let stepsAtMost = 2_000_000
    private static let heapKibibytes: UInt32 = 32 << 10

    /// Where an empty text stands, for which PCRE2 takes no null pointer; it is written here and never again.
    nonisolated(unsafe) private static let nothing: UnsafePointer<UInt8> = {
        let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    /// Errors about what Perl may well take.
    private static let unsupported: Set<Int32> = [
        PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, PCRE2_ERROR_LOOKBEHIND_TOO_LONG, PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY,
        PCRE2_ERROR_CODE_POINT_TOO_BIG, PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE,
    ]

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { pcre2_get_error_message_8(number, $0, buffer.count) } ?? 0
        }
        return String(decoding: buffer.prefix(Int(max(count, 0))), as: UTF8.self)
    }
}
