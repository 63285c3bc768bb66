import Testing

@testable import DirectorService

struct ScriptHealthTests {
    /// Results (`+` passed, `-` failed) and what becomes of them: `P` passes from here on, `F` fails, `.` nothing new.
    @Test(arguments: [
        (1, 1, false, "+-+", "PFP"),
        // The first result decides alone, whatever `rise` and `fall` are.
        (2, 3, false, "-++", "F.P"),
        (2, 3, false, "+---", "P..F"),
        (2, 3, false, "+--+---", "P.....F"),
        (3, 1, false, "-++-+++", "F.....P"),
        // With `init_fail` it does not.
        (2, 1, true, "++-", ".PF"),
        (2, 1, true, "-+-++", "....P"),
        // Numbers that are none count as 1.
        (0, -1, false, "+-+", "PFP"),
    ])
    func resultsInARowDecide(rise: Int, fall: Int, beginsFailed: Bool, results: String, turns: String) {
        var health = ScriptHealth(rise: rise, fall: fall, beginsFailed: beginsFailed)
        #expect(health.isPassing == (beginsFailed ? false : nil))
        let told = results.map { result -> Character in
            switch health.count(result == "+") {
            case true?: "P"
            case false?: "F"
            case nil: "."
            }
        }
        #expect(String(told) == turns)
    }
}
