import Configuration
import Diagnostics
import Ldirectord
import Testing

/// Characters that look like others, or like nothing, are called by their names.
struct StrangeCharacterTests {
    @Test(arguments: [
        ("\u{a0}", "U+00A0 (no-break space) is no blank"), ("\u{3000}", "U+3000 (ideographic space) is no blank"),
        ("\u{2003}", "U+2003 (em space) is no blank"), ("\u{200b}", "U+200B (zero width space) is invisible"),
        ("\u{feff}", "U+FEFF (byte order mark) is invisible"), ("\u{2028}", "U+2028 (line separator) is no blank"),
        ("\u{ad}", "U+00AD (soft hyphen) is invisible"), ("\u{202f}", "U+202F (narrow no-break space) is no blank"),
    ])
    func unseen(character: String, complaint: String) throws {
        let texts = [
            block([]) + character + "service=http\n", block([]) + "    \(character)service=http\n",
            block(["service\(character)=http"]), block(["ops=yes\(character)"]), "virtual=10.0.0.1\(character):80\n",
            block(["real=10.0.0.2:80\(character)gate"]), block(["real=10.0.0.2:80 gate\(character)1 x"]),
            "\n\(character)virtual=10.0.0.1:80\n", "quiescent=\(character)yes\n",
        ]
        for text in texts {
            let read = reading(text)
            #expect(read.configuration == nil, "\(text)")
            #expect(read.diagnostics.contains { $0.message.contains(complaint) }, "\(read.findings) of \(text)")
            let code = "\\u{\(String(try #require(character.unicodeScalars.first).value, radix: 16))}"
            #expect(read.diagnostics.contains { $0.excerpt.text.contains(code) }, "\(text)")
        }
    }

    /// A line that was pasted ends no block, so that those below it are not complained of.
    @Test func aPastedIndentIsOneError() {
        let text = block(["real=10.0.0.2:80 gate"]) + "\u{a0}\u{a0}\u{a0}\u{a0}service=http\n    request=\"/\"\n"
        #expect(reading(text).diagnostics.count == 1)
    }

    @Test(arguments: [
        "virtualhost=www.example.com\u{a0}", "virtualhost=\u{a0}www.example.com", "virtualhost=www.example.com\u{200b}",
        "virtualhost=\u{feff}www.example.com \u{3000} ",
    ])
    func atTheEndsOfATextTheyAreLeftOut(line: String) {
        let read = reading(block([line]))
        let host = read.effectiveDirectives?.virtuals.first?.directives.first { $0.name == "virtualhost" }
        #expect(host?.value == .string("www.example.com"))
        #expect(read.diagnostics.count == 1)
    }

    @Test func withinATextTheyAreToldAndStay() throws {
        let read = reading(block(["receive=\"all\u{a0}well\""]))
        #expect(read.findings == ["w 2:17 U+00A0 (no-break space) is no blank, and belongs to the text here"])
    }

    @Test(arguments: [
        ("checktype=external–perl", "– (U+2013, en dash) is no hyphen"),
        ("real=10.0.0.2–10.0.0.5:80 gate", "– (U+2013, en dash) is no hyphen"),
        ("real=10.0.0.2→10.0.0.5:80 gate", "→ (U+2192, rightwards arrow) is no ->"),
        ("checktimeout＝5", "＝ (U+FF1D, fullwidth equals sign) is no ="),
        ("netmask=255．255．0．0", "． (U+FF0E, fullwidth full stop) is no ."),
    ])
    func othersThatLookRight(line: String, complaint: String) {
        #expect(reading(block([line])).diagnostics.contains { $0.message.contains(complaint) })
    }

    @Test(
        arguments: [
            ([0xff, 0xfe, 0x76, 0x00, 0x69, 0x00], "a file in UTF-16"), ([0xfe, 0xff, 0x00, 0x76], "a file in UTF-16"),
            ([0x1f, 0x8b, 0x08, 0x00], "a compressed file"), ([0x7f, 0x45, 0x4c, 0x46, 0x02], "a program"),
            (Array(repeating: 0, count: 100), "a file that is no text"),
            (Array("virtual=1\r\treal=10.0.0.1 gate\r".utf8), "lines that end in CR"),
        ] as [([UInt8], String)]
    )
    func noText(bytes: [UInt8], message: String) {
        #expect(reading(bytes).diagnostics.map(\.message) == [message])
        #expect(reading(bytes).configuration == nil)
    }
}
