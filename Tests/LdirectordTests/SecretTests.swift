import Configuration
import Diagnostics
import Ldirectord
import Testing

/// What is secret is quoted in no message.
struct SecretTests {
    @Test(arguments: [
        "passwd=\"hunter2", "passwd=hunter2", "passwd = 'hunter2'", "passwd=“hunter2”", "passwd=“hunter2\"",
        "passwd=hunter2\"", "passwd \"hunter2\"", "passwd: hunter2", "Passwd=\"hunter2\"", "paswd=\"hunter2\"",
        "psaswd=\"hunter2\"", "password=\"hunter2\"", "passwd=\"hunter2\" # x\"", "passwd=\"hunter2\" junk",
        "secret=hunter2", "secret=\"hunter2", "sercet=\"hunter2\"", "login=hunter2", "login=\"hunter2",
        "lgoin=\"hunter2\"",
        "passwd=\"hun\u{0}ter2hunter2\"", "user=hunter2", "pass=hunter2", "passwd=hunter2\"a\"b",
        "request=\"/x\" passwd=hunter2", "real=10.0.0.2:80 gate passwd=hunter2", "passwd=\"hunter2\u{a0}\"",
        "passwd=\"\\\"hunter2\"", "database=x passwd=\"hunter2\"",
    ])
    func isQuotedNowhere(line: String) {
        for text in [block([line]), line + "\n", " \(line)\n", block([line, "checktype=nonsense"]), "x=y\r\(line)\r"] {
            for isStrict in [false, true] {
                for found in reading(text, isStrict: isStrict).diagnostics where found.description.contains("2") {
                    #expect(!found.description.contains("hunter2"), "\(text)")
                    #expect(!found.description.contains("ter2"), "\(text)")
                }
            }
        }
    }

    @Test func theMarkStaysWithinTheLine() throws {
        let found = try #require(reading(block(["passwd=\"hunter2"])).diagnostics.first)
        #expect(found.excerpt.text == "    passwd=…")
        #expect(found.excerpt.mark == "           ^")
        #expect(found.column == 12)
    }
}
