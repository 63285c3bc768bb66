import Configuration
import Diagnostics
import Keepalived
import Testing

struct IncludeTests {
    @Test func filesAreReadWhereTheyAreIncluded() {
        let tree = tree(
            of: "a\ninclude d/*.conf\nb\n",
            files: [
                "d/1.conf": .text("c {\n include ../e/x.inc\n}"),
                "d/2.conf": .text("d"),
                "d/../e/x.inc": .text("e ${_PWD}\ninclude y.inc"),
                "d/../e/y.inc": .text("f"),
                "d/3.inc": .text("g"),
            ]
        )
        #expect(tree.outline == "a; c {e /etc/keepalived/e; f}; d; b")
        #expect(tree.complaints == [])
    }

    @Test func alternativesInBracesAreReadInTheirOrder() {
        let tree = tree(
            of: "include {b,a{1,2}}.c",
            files: ["a1.c": .text("a1"), "a2.c": .text("a2"), "b.c": .text("b")]
        )
        #expect(tree.outline == "b; a1; a2")
    }

    @Test func blocksMayReachOverFiles() {
        let tree = tree(of: "include a\n}\ne", files: ["a": .text("x {\n b { c }")])
        #expect(tree.outline == "x {b {c}}; e")
        #expect(tree.complaints == [])
    }

    @Test func variablesHoldInAllFiles() {
        let tree = tree(
            of: "$F=d\n$P=include ${F}/a\n$P\nx $V\n@lb2 include nope\n@lb1 include d/b",
            files: ["d/a": .text("$V=1"), "d/b": .text("y $V")]
        )
        #expect(tree.outline == "x 1; y 1")
        #expect(tree.complaints == [])
    }

    @Test func whatIsNotReadIsTold() {
        let tree = tree(
            of: "include nope\ninclude d/*\ninclude {a,b}\ninclude\ninclude \"a\"",
            files: [
                "d/1": .folder, "d/2": .executable, "d/3": .special, "d/4": .unreadable("Permission denied"),
                "a": .text("x"),
            ]
        )
        #expect(tree.outline == "x")
        #expect(
            tree.complaints == [
                "k.conf:1:9: warning: no file is found for nope, and none is included",
                "k.conf:2:9: warning: d/4 cannot be read: Permission denied",
                "k.conf:2:9: warning: d/3 is no ordinary file, and is not read",
                "k.conf:2:9: warning: d/2 is a program, going by its permissions, and is not read",
                "k.conf:2:9: warning: d/1 is a folder, and is not read",
                "k.conf:3:9: warning: no file is found for b, and none is included",
                "k.conf:4:1: include without a file",
                "k.conf:5:9: warning: no file is found for \"a\", and none is included",
            ]
        )
    }

    /// Whether words that demand files refuse what is not there.
    @Test(arguments: [
        ("include", "nope", false), ("include", "n*", false), ("include", "{a,nope}", false),
        ("includer", "nope", false), ("includer", "locked", true),
        ("includem", "nope", true), ("includem", "n*", false), ("includem", "{a,nope}", false),
        ("includem", "locked", false),
        ("includew", "n*", true), ("includew", "nope", false), ("includew", "[x]", true),
        ("includeb", "{a,nope}", true), ("includeb", "nope", false), ("includeb", "{n,nope}", true),
        ("includea", "nope", true), ("includea", "n*", true), ("includea", "{a,nope}", true),
        ("includea", "locked", true), ("includea", "{a,a}", false),
    ])
    func strictWordsDemandTheirFiles(word: String, pattern: String, isRefused: Bool) {
        let files: [String: FoundFile.Kind] = ["a": .text("x"), "locked": .unreadable("Permission denied")]
        #expect(tree(of: "\(word) \(pattern)", files: files).findings.hasErrors == isRefused)
    }

    @Test(arguments: [
        ("", "nope", false), ("include_check", "nope", true), ("include_check match", "nope", true),
        ("include_check read", "nope", false), ("include_check read +match", "nope", true),
        ("include_check\ninclude_check -match", "nope", false), ("include_check\ninclude_check -match", "n*", true),
        ("include_check +wildcard_match", "n*", true), ("include_check match\ninclude_check read", "nope", false),
        ("include_check brace_match", "{a,nope}", true),
    ])
    func plainIncludesDemandWhatTheFileSays(words: String, pattern: String, isRefused: Bool) {
        let files: [String: FoundFile.Kind] = ["a": .text("x")]
        let text = "global_defs {\n\(words)\n}\ninclude \(pattern)"
        #expect(tree(of: text, files: files).findings.hasErrors == isRefused)
        // From there on, and only there.
        #expect(!tree(of: "include \(pattern)\nglobal_defs {\n\(words)\n}", files: files).findings.hasErrors)
        #expect(!tree(of: "other {\n\(words)\n}\ninclude \(pattern)", files: files).findings.hasErrors)
    }

    @Test func theCommandLineMayDemandAllFiles() {
        #expect(tree(of: "include nope", demandsIncludes: true).findings.hasErrors)
    }

    @Test func aFileThatIncludesItselfIsRefused() {
        let files: [String: FoundFile.Kind] = [
            "k.conf": .text("include a"), "a": .text("x\ninclude b"), "b": .text("include a"),
        ]
        let tree = tree(of: "include a\ny", files: files)
        #expect(tree.outline == "x; y")
        #expect(tree.complaints == ["b:1:9: a includes itself"])
        #expect(
            tree.findings.inOrder.first?.origins == [
                Diagnostic.Origin(file: "a", line: 2, column: 9, text: "included here"),
                Diagnostic.Origin(file: "k.conf", line: 1, column: 9, text: "included here"),
            ]
        )
    }

    @Test func includesAreBounded() {
        var files: [String: FoundFile.Kind] = [:]
        for number in 0..<50 { files["\(number)"] = .text("include \(number + 1)") }
        #expect(tree(of: "include 0", files: files).complaints.contains { $0.contains("deeper than 32") })
        // Each of 12 files includes the next one twice.
        for number in 0..<13 { files["d\(number)"] = .text("include d\(number + 1)\ninclude d\(number + 1)") }
        #expect(tree(of: "include d0", files: files).complaints.contains { $0.contains("4096 files") })
        #expect(tree(of: "include {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}").findings.hasErrors)
    }

    @Test func aFileIsAskedForOnce() {
        var reader = SourceReader(
            Array("include a\ninclude a\ninclude {b,a}".utf8),
            name: "/etc/k/k.conf",
            context: ReadingContext(hostName: "lb1")
        )
        var asked: [FileQuestion] = []
        while !reader.questions.isEmpty {
            asked += reader.questions
            reader.answer([FileQuestion(pattern: "a", folder: "/etc/k"): [FoundFile(path: "/etc/k/a", kind: .folder)]])
        }
        #expect(
            asked == [FileQuestion(pattern: "a", folder: "/etc/k"), FileQuestion(pattern: "b", folder: "/etc/k")]
        )
    }
}
