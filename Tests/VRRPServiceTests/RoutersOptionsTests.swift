import Testing

@testable import VRRPService

struct RoutersOptionsTests {
    @Test func wordsAreUnderstood() throws {
        let options = try RoutersOptions(["--folder=/x", "--user", "daemon", "--pair", "5", "--routers", "-"])
        #expect(options.command == .run)
        #expect(options.folder == "/x")
        #expect(options.user == "daemon")
        #expect(options.pair == 5)
        #expect(options.routers == "-")
        #expect(try RoutersOptions(["sweep", "--folder", "/x"]).command == .sweep)
        #expect(try RoutersOptions(["--user", "x", "--help", "junk"]).command == .help)
        #expect(try RoutersOptions([]).folder == "/run/directrix-vrrp")
    }

    @Test(
        arguments: [
            (["--folder"], "--folder needs a value"), (["--folder", "x"], "x is no absolute path"),
            (["--pair", "2"], "2 is no descriptor"), (["--pair=x"], "x is no descriptor"),
            (["start"], "unknown word start"), (["sweep", "sweep"], "unknown word sweep"), (["-x"], "unknown word -x"),
        ]
    )
    func mistakesAreTold(words: [String], text: String) {
        #expect(throws: RoutersOptions.Mistake(text: text)) { try RoutersOptions(words) }
    }
}
