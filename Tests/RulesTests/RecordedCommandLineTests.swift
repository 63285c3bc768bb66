import Rules
import Testing

struct RecordedCommandLineTests {
    @Test func theRecordingIsThere() {
        #expect(CommandLineCase.all.count > 500)
    }

    @Test(arguments: CommandLineCase.all)
    func readsAsTheOriginalDoes(example: CommandLineCase) {
        #expect(outcome(of: example.words) == example.outcome)
    }

    /// What a parser makes of words, as the file notes it.
    private func outcome(of words: [String]) -> String {
        do {
            let invocation = try CommandParser(names: NamesOfTests()).parse(words)
            guard case .change(let change) = invocation.command else { return "ok" }
            return "= \(RuleWriter().text(of: change))"
        } catch {
            let firstLine = error.message?.split(separator: "\n").first.map { " \($0)" } ?? ""
            return "! \(error.status)\(firstLine)"
        }
    }
}
