import Testing

@testable import Genhash

struct HexDumpTests {
    /// What a server sends moves no cursor and changes no terminal.
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nA:\tb\r\n\r\n", "HTTP/1.1 200 OK\r\nA:\tb\r\n\r\n"),
        ("A: \u{1b}[2J\u{7}\u{8}\0\u{7f}b\n", "A: .[2J....b\n"), ("safe\rEVIL\r\n", "safe.EVIL\r\n"),
        ("\u{9b}31m \u{85} \u{202e}x\u{2028}\n", ".31m . .x.\n"), ("A: \u{e4}\u{20ac}\n", "A: \u{e4}\u{20ac}\n"),
        ("", ""),
        ("\r", "."),
    ])
    func headsAreShownAsTheyCanBe(text: String, shown: String) {
        #expect(Array(HexDump.printable(Array(text.utf8)).unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test func bytesThatAreNoTextAreShown() {
        #expect(HexDump.printable([0x41, 0xff, 0x9b, 0x42]) == "A\u{fffd}\u{fffd}B")
    }
}
