import Foundation
import Patterns
import TestKit
import Testing

/// What a pattern means is what Perl, asked here, says it means.
struct PerlTests {
    /// What Perl and PCRE2 read differently, and what they are tried on.
    private static let patterns = [
        "^\\p{IsAlpha}$", "^\\p{IsL}$", "^\\p{XPosixAlpha}$", "^\\P{IsAlpha}$", "^\\p{PosixDigit}$", "^[\\p{Word}]$",
        "^[\\P{L}]$",
        "^\\p{^Lu}$", "^\\pL$", "^\\PL$", "^\\p{Space}$", "^\\p{XPosixUpper}$", "^[^\\p{IsDigit}-]$", "^\\p{Alnum}$",
        "^\\p{Punct}$", "^\\p{XDigit}$", "^[\\P{PosixAlpha}]$",
        "^a{,3}$", "^a{ 1, 3 }$", "^a{2,}$", "^a{2}$", "^a{,}$", "a{", "a{x}", "^a{3,1$",
        "^[\\w-.]$", "^[\\s-_]$", "^[a-\\d]$", "^[[:alpha:]-z]$", "^[\\d-]$", "^[a-c-e]$", "^[]-a]$", "^[^]-a]$",
        "^[--/]$",
        "^[\\]a]$", "^[a\\-z]$", "^[-a]$", "^[:-]$", "^[\\d-[:alpha:]]$",
        "(?a)^\\w$", "(?^:a)", "(?ai:A)", "(?aa:A)", "(?p)a", "(?d)a", "(?i-s:A)", "(?#x{,3})a", "(?:a)",
        "(?<n>a)\\g{n}", "(?<n>a)\\k{ n }",
        "^\\x{ 41 }$", "^\\x{61}$", "^\\N{U+61}$", "^\\N$", "^\\N{2}$", "^\\o{141}$", "^\\cA$", "^\\c[$",
        "\\Qa.b", "a\\Eb", "\\U", "\\l", "\\j", "\\y", "\\m", "\\F", "\\_", "^[\\Q.\\E]$", "^[\\j-m]$", "\\.", "\\/",
        "^\\h$", "^\\R$", "^\\v$", "^\\s$", "\\bz", "\\Bz", "^.$", "^..$", "\\141", "\\0", "(a)\\1",
    ]
    private static let texts =
        (1...255).map { [UInt8($0)] }
        + [
            "", "aa", "aaa", "aaaa", "a{,}", "a{", "a{x}", "a{3,1", "a.b", "aEb", "Qa.b", "ab", "U", "z z", "az",
            "\r\n", "éé",
        ]
        .map { Array($0.utf8) }

    @Test func patternsMeanWhatTheyMeanInPerl() throws {
        let answers = try Self.askPerl()
        #expect(answers.count == Self.patterns.count)
        for (source, answer) in zip(Self.patterns, answers) {
            let pattern = try? Pattern(source)
            guard let answer else {
                #expect(pattern == nil, "\(source) is no pattern to Perl")
                continue
            }
            guard let pattern else {
                Issue.record("\(source) is a pattern to Perl")
                continue
            }
            for (text, isFound) in zip(Self.texts, answer) {
                let outcome = pattern.search(text)
                #expect(outcome == (isFound ? .found : .notFound), "\(source) in \(text)")
            }
        }
    }

    /// Whatever is written, it is a pattern or an error.
    @Test func anyTextIsAPatternOrAnError() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let parts = [
            "\\", "p", "P", "{", "}", "[", "]", "(", ")", "?", "^", "-", ":", ",", " ", "a", "1", "N", "U+", "x", "[:",
            ":]", "#", "b",
            "is", "word", "|", "*", "\\w", "Q",
        ]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...16, using: &generator)
            let source = (0..<count).map { _ in parts[Int.random(in: parts.indices, using: &generator)] }.joined()
            do throws(PatternError) {
                _ = try Pattern(source).search(Array("a1 word".utf8))
            } catch {
                #expect(0...source.utf8.count ~= error.offset, "\(source), seed \(seed)")
            }
        }
    }

    /// Which of the texts Perl finds each pattern in; nil for what is no pattern.
    private static func askPerl() throws -> [[Bool]?] {
        let program = """
            no warnings;
            my ($patterns, @texts) = map { pack "H*", $_ } split /,/, <STDIN>, -1;
            for my $pattern (split /\\n/, $patterns) {
                print eval { "" =~ /$pattern/; 1 } ? join("", map { /$pattern/ ? 1 : 0 } @texts) : "-", "\\n";
            }
            """
        let hexadecimal = { (bytes: [UInt8]) in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let input = ([Array(patterns.joined(separator: "\n").utf8)] + texts).map(hexadecimal).joined(separator: ",")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
        process.arguments = ["-e", program]
        let (source, output) = (Pipe(), Pipe())
        process.standardInput = source
        process.standardOutput = output
        try process.run()
        source.fileHandleForWriting.write(Data(input.utf8))
        try source.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            line == "-" ? nil : line.map { $0 == "1" }
        }
    }

    @Test(arguments: [
        ("\\b{wb}x", 0), ("\\N{LATIN SMALL LETTER X}", 0), ("ab(?[ [a] ])", 2), ("(?<=ab?)c", 0), ("[\\P{Word}]", 1),
        ("x\\p{Nonsense}", 1),
    ])
    func whatOnlyPerlKnowsIsToldAsSuch(source: String, offset: Int) {
        let error = #expect(throws: PatternError.self) { try Pattern(source) }
        #expect(error?.isUnsupported == true)
        #expect(error?.offset == offset)
    }
}
