import Configuration
import Ldirectord
import TestKit
import Testing

/// `ldirectord.cf(5)` documents what is read.
struct ManualPageTests {
    private func items() throws -> [Substring] {
        try SourceTree.text(of: "man/ldirectord.cf.5").split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }
            .map { $0.dropFirst(".It Cm ".count) }
    }

    @Test func everyDirectiveIsDocumented() throws {
        let text = block(["real=10.0.0.2:80 masq"])
        let effective = try #require(reading(text).effectiveDirectives)
        let documented = Set(try items().map { $0.prefix { $0 != " " } })
        let virtual = try #require(effective.virtuals.first)
        for directive in effective.global + virtual.directives where directive.name != "virtual" {
            let name = directive.name == "fallback6" ? "fallback" : directive.name
            #expect(documented.contains(Substring(name)), "\(name)")
        }
    }

    @Test func everyNewDirectiveIsNamedAsADifference() throws {
        let page = try SourceTree.text(of: "man/ldirectord.cf.5")
        let differences = try #require(page.split(separator: ".Sh DIFFERENCES").last)
        for name in [
            "risecount", "httpstatus", "digest", "redirect", "tlsverify", "tlscafile", "sni", "checkbodylimit",
            "reconcile", "checkport", "schedfallback", "starttls", "authmethods",
        ] {
            #expect(differences.contains(name), "\(name)")
        }
    }
}
