import Keepalived
import Testing

struct ScriptWordTests {
    /// What keepalived 2.2.7 says that it would run.
    @Test(arguments: [
        (#"/bin/true a"#, ["/bin/true", "a"]),
        (#"/bin/b" c"d"#, ["/bin/b cd"]),
        (#"'/bin/c x "y" \n z' root"#, [#"/bin/c x "y" \n z"#, "root"]),
        (#"/bin/d\ e"#, ["/bin/d e"]),
        (#""/bin/i""j""#, ["/bin/ij"]),
        (#""a\.b\d+ 'x' \"q\" \\ c""#, [#"a.bd+ 'x' "q" \ c"#]),
        (#"\x41\101\cA\t\q"#, ["AA\u{1}\tq"]),
        (#"\xg"#, nil), (#"a\"#, nil), (#""a"#, nil), (#"'a"#, nil), (#"a 'b"#, nil),
        (#""" x"#, ["", "x"]),
    ])
    func wordsOfScriptsAreReadInTheirOwnWay(text: String, words: [String]?) throws {
        let statement = try #require(tree(of: "misc_path \(text)").statements.first)
        let read = statement.rest.scriptWords
        #expect((read.fault == nil) == (words != nil))
        if let words { #expect(read.words.map(\.text) == words) }
    }

    @Test func aCommandIsReadAgain() throws {
        let statement = try #require(tree(of: #"misc_path "/bin/x 'a b' c""#).statements.first)
        let word = try #require(statement.rest.scriptWords.words.first)
        let again = ScriptWords(Array(word.text.utf8), of: word)
        #expect(again.words.map(\.text) == ["/bin/x", "a b", "c"])
        #expect(again.words.map(\.place.column) == [12, 12, 12])
    }

    @Test func placesAreBehindQuotes() throws {
        let statement = try #require(tree(of: #"notify_up "/bin/x y" root 'a'b"#).statements.first)
        let words = statement.rest.scriptWords.words
        #expect(words.map(\.place.column) == [12, 22, 27])
        #expect(words.map(\.length) == [8, 4, 4])
    }

    @Test func aQuoteBehindABackslashMayCloseForScriptsOnly() throws {
        let script = tree(of: #"misc_path "/bin/x \"a"#)
        #expect(script.complaints == [])
        #expect(script.statements.first?.rest.scriptWords.fault?.place.column == 11)
        let odd = tree(of: #"misc_path "/bin/x 1\" b" x"#)
        #expect(odd.complaints == [])
        #expect(odd.statements.first?.strayQuote?.column == 24)
    }
}
