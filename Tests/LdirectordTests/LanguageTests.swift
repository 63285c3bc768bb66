import Configuration
import Ldirectord
import Testing

/// How surely a file is found to be an `ldirectord.cf`.
struct LanguageTests {
    @Test(arguments: [
        ("# a comment\n\nchecktimeout = 3\n", "director.conf", LanguageEvidence.words),
        ("virtual=10.0.0.1:80\n", "/etc/x", .words), ("  virtual6=1\n", "x", .words),
        ("check=3\n", "/etc/ha.d/ldirectord.cf", .name), ("", "web.cf", .name), ("", "keepalived.conf", .none),
        ("    real=10.0.0.1:80 gate\n", "x", .none), ("nothing\n", "x", .none),
        ("global_defs {\n}\n", "ldirectord.cf", .none), ("listen web\n    bind :80\n", "web.cf", .none),
        ("\u{7f}ELF", "web.cf", .none),
    ])
    func itsFilesAreKnown(text: String, name: String, evidence: LanguageEvidence) {
        #expect(LdirectordLanguage().evidence(in: Array(text.utf8), name: name) == evidence)
    }
}
