import Diagnostics
import Rules
import Testing

struct RestoreDiagnosticTests {
    @Test(arguments: [
        (
            "-A -t 10.0.0.1:80 -s",
            """
            rules:1:19: missing argument
                -A -t 10.0.0.1:80 -s
                                  ^~
            """
        ),
        (
            "-A -t 10.0.0.1:80\n\n# fine\n  -a -t 10.0.0.1:80 -r web9:80",
            """
            rules:4:24: illegal real server address[:port] specified; expected an address as in 10.0.0.1:80 \
            or [2001:db8::1]:80
                  -a -t 10.0.0.1:80 -r web9:80
                                       ^~~~~~~
            """
        ),
        (
            "ipvsadm -A\t-f 1 -w 3\r",
            """
            rules:1:17: Illegal 'weight' option with the 'add-service' command
                ipvsadm -A␉-f 1 -w 3␍
                                ^~
            """
        ),
        (
            "-a -f 1 -r 10.0.0.1 --weight=ten # the old one",
            """
            rules:1:21: illegal weight specified; expected 0 to 2147483647
                -a -f 1 -r 10.0.0.1 --weight=ten # the old one
                                    ^~~~~~~~~~~~
            """
        ),
        (
            "10.0.0.1:80",
            """
            rules:1:1: a rule begins with a command; expected a command such as -A, -E, -D, -a, -e, -d, -C or -Z
                10.0.0.1:80
                ^~~~~~~~~~~
            """
        ),
        (
            "--bogus",
            """
            rules:1:1: unknown option; expected a command such as -A, -E, -D, -a, -e, -d, -C or -Z
                --bogus
                ^~~~~~~
            """
        ),
        (
            "-A -f 1 -6 -s rr -p 0",
            """
            rules:1:21: invalid timeout value specified; expected 1 to 2678400
                -A -f 1 -6 -s rr -p 0
                                    ^
            """
        ),
        (
            "-A -s rr",
            """
            rules:1:1: You need to supply the 'service-address' option for the 'add-service' command
                -A -s rr
                ^~
            """
        ),
        (
            "-A -f 1 -s é\u{1b}[2J -D",
            """
            rules:1:18: a second command
                -A -f 1 -s é␛[2J -D
                                 ^~
            """
        ),
        (
            "-A -f 1 \u{202e}x",
            """
            rules:1:9: unexpected argument
                -A -f 1 \\u{202e}x
                        ^~~~~~~~~
            """
        ),
    ])
    func showsThePlace(text: String, expected: String) {
        #expect(diagnostics(Array(text.utf8)).map(\.description) == [expected])
    }

    @Test(arguments: [
        "-R", "--restore", "-h", "-v", "--help", "--netns x -A -f 1", "-A -f 1 --netns x", "--explain -C",
        "-C --explain",
    ])
    func refusesWhatConcernsTheWholeProgram(text: String) throws {
        let found = try #require(diagnostics(Array(text.utf8)).first)
        #expect(found.message.hasSuffix("cannot be used inside a restore"))
    }

    @Test(arguments: [
        "-A -f 1 -s sh -b", "-A -f 1 -s sh -b \r", "-A -f 1 -s sh --sched-flags  # none", "-A -f 1 -s sh -ob",
    ])
    func flagsThatEndALineWithoutAValueAreNone(text: String) throws {
        let step = try #require(script(Array(text.utf8)).first { _ in true })
        let command = try step.command.get()
        guard case .change(let change) = command else { throw UsageError("no change") }
        let text = RuleWriter().text(of: change)
        #expect(text == "-A -f 1 -s sh" || text == "-A -f 1 -s sh -o")
        #expect(throws: UsageError.self) { try CommandParser(names: NamesOfTests()).parse(["-A", "-f", "1", "-b"]) }
    }

    @Test func reportsEveryBadLine() {
        let text = "-A -f 1\n-A -f 0\n-L -n\n-q\n-S\n\t\n-C x"
        #expect(diagnostics(Array(text.utf8)).map(\.line) == [2, 4, 7])
    }

    /// A file of garbage is answered with some hundred messages and the number of the others; all lines are looked at.
    @Test(arguments: [
        ("x\n", "rules:201:1: and 99800 more errors, the first of them here"),
        ("-A -t 10.0.0.0/8\n", "rules:201:7: and 99800 more errors, the first of them here"),
        ("-D -f 1\n", "rules:201:1: and 99800 more errors, the first of them here"),
        ("\0\n", "rules:201:1: and 99800 more errors, the first of them here"),
    ])
    func garbageIsAnsweredBriefly(line: String, last: String) {
        let bytes = Array(String(repeating: line, count: 100_000).utf8)
        let target = RestoreTarget(script(bytes))
        let found = target.errors.inOrder + target.refusals.inOrder
        #expect(found.count == DiagnosticList.mostOfSeverity + 1)
        #expect(found.last?.description.hasPrefix(last) == true, "\(found.last?.description ?? "")")
        #expect(target.errors.count(of: .error) + target.refusals.count(of: .error) == 100_000)
        #expect(script(bytes).check().count(of: .error) == target.errors.count(of: .error))
    }

    /// A line of any length is looked at once.
    @Test func aLineOfMegabytesIsOneError() {
        let found = diagnostics([UInt8](repeating: UInt8(ascii: "a"), count: 8 << 20))
        #expect(found.map(\.message) == ["line too long"])
    }

    @Test func nothingIsWrongWithCommentsAndEmptyLines() {
        let text: [UInt8] =
            Array("# -Q\n\n \t\r\n   # x\n-C#\n-C # caf".utf8) + [0xe9, 0x00, 0x0a] + Array("ipvsadm".utf8)
        let found = diagnostics(text)
        #expect(found.map(\.line) == [5])
        #expect(found.first?.message == "unknown option")
    }

    @Test func showsAWindowOfALongLine() throws {
        let text = "-A -f 1" + String(repeating: " ", count: 200) + "-q" + String(repeating: "x", count: 300)
        let found = try #require(diagnostics(Array(text.utf8)).first)
        #expect(found.column == 208)
        #expect(
            found.excerpt.text == "…" + String(repeating: " ", count: 40) + "-q" + String(repeating: "x", count: 58)
                + "…"
        )
        #expect(found.excerpt.mark == String(repeating: " ", count: 41) + "^" + String(repeating: "~", count: 59))
    }

    @Test func columnsCountCharacters() throws {
        let text = "-A -f 1 -s ééé€ -q"
        let found = try #require(diagnostics(Array(text.utf8)).first)
        #expect(found.column == 17)
        #expect(found.excerpt.mark == String(repeating: " ", count: 16) + "^~")
    }

    @Test func bytesThatAreNoTextAreNamed() {
        let invalid = Array("-A -f 1 -s r".utf8) + [0xff, 0x72]
        #expect(
            diagnostics(invalid).map(\.description) == [
                """
                rules:1:12: a word that is not UTF-8
                    -A -f 1 -s r\u{fffd}r
                               ^~~
                """
            ]
        )
        #expect(
            diagnostics(Array("-A -f 1 -s r\u{0}r".utf8)).map(\.description) == [
                """
                rules:1:12: a NUL byte in a word
                    -A -f 1 -s r␀r
                               ^~~
                """
            ]
        )
    }

    @Test func aWindowIntoBytesThatAreNoTextIsShown() throws {
        for lead in [[], Array("-A -f 1 ".utf8), Array(repeating: 0xbf, count: 200) + [0x20]] {
            let found = try #require(diagnostics(lead + Array(repeating: 0x80, count: 500)).first)
            #expect(found.message == "a word that is not UTF-8")
            #expect(found.excerpt.mark.hasSuffix("^"))
            #expect(found.excerpt.text.unicodeScalars.contains("\u{fffd}"))
        }
    }

    @Test func aLineOfMegabytesIsTooLong() throws {
        let found = diagnostics(Array("-C\n  ".utf8) + Array(repeating: 0x2d, count: 5_000_000) + Array("\n-C x".utf8))
        #expect(found.map(\.line) == [2, 3])
        let first = try #require(found.first)
        #expect(first.message == "line too long")
        #expect(first.column == 3)
        #expect(first.description.utf8.count < 500)
        #expect(diagnostics(Array(repeating: 0x20, count: 1_000_000) + [0x0a]).isEmpty)
        #expect(diagnostics([0x23] + Array(repeating: 0x78, count: 1_000_000)).isEmpty)
    }

    @Test func theLastLineNeedsNoNewline() {
        for text in ["-C\n-Z", "-C\n-Z\n", "-C\r\n-Z  "] {
            #expect(Array(RestoreInput(Array(text.utf8), name: "")).map(\.number) == [1, 2])
            #expect(Array(script(Array(text.utf8))).count == 2)
        }
        #expect(Array(RestoreInput([], name: "")).isEmpty)
        #expect(Array(RestoreInput([0x0a], name: "")).map(\.number) == [1])
    }

    @Test func theKernelsAnswerPointsToTheWholeCommand() throws {
        let script = script(Array("  -A -f 1 -s rr  # first".utf8))
        let step = try #require(script.first { _ in true })
        #expect(
            script.diagnostic(step.line, "Service already exists").description == """
                rules:1:3: Service already exists
                      -A -f 1 -s rr  # first
                      ^~~~~~~~~~~~~
                """
        )
    }

    private func script(_ bytes: [UInt8]) -> RestoreScript {
        RestoreScript(RestoreInput(bytes, name: "rules"), names: NamesOfTests())
    }

    private func diagnostics(_ bytes: [UInt8]) -> [Diagnostic] {
        script(bytes).check().inOrder
    }
}
