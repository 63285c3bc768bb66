import Testing

@testable import Patterns

struct TextBudgetTests {
    private let endless = "(?s)a.*b$"
    private let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 8 << 10)

    /// Four hundred servers whose bodies must be kept: all that is kept stays within the budget, and is given back.
    @Test func manySearchesKeepNoMoreThanTheBudget() throws {
        let budget = TextBudget(bytes: 1 << 20)
        let pattern = try Pattern(endless)
        var searches = (0..<400).map { _ in PatternSearch(pattern, limit: 1 << 20, budget: budget) }
        for _ in 0..<16 {
            for index in searches.indices { _ = searches[index].received(piece.span.bytes) }
            #expect(budget.takenBytes <= budget.bytes)
        }
        #expect(budget.takenBytes > budget.bytes / 2)
        let crowded = searches.count { $0.isCrowdedOut }
        #expect(crowded > 300 && crowded < 400)
        for index in searches.indices {
            let isCrowdedOut = searches[index].isCrowdedOut
            #expect(searches[index].ended() == (isCrowdedOut ? .limit : .notFound))
        }
        #expect(budget.takenBytes == 0)
    }

    /// A search without an end, as of a check that is given up, gives back as well.
    @Test func whatIsDroppedIsGivenBack() throws {
        let budget = TextBudget(bytes: 1 << 20)
        do {
            var search = PatternSearch(try Pattern(endless), limit: 1 << 20, budget: budget)
            _ = search.received(piece.span.bytes)
            #expect(budget.takenBytes >= piece.count)
        }
        #expect(budget.takenBytes == 0)
    }

    @Test(arguments: ["Server is OK", "^ok$", "a+c", "(a|b)c", "\\bok\\b", "(?<=x)ok"])
    func patternsThatDecideKeepNothing(source: String) throws {
        let budget = TextBudget(bytes: 0)
        var search = PatternSearch(try Pattern(source), limit: 1 << 20, budget: budget)
        var small = PatternSearch(try Pattern("(?s)a.*b$"), limit: 1 << 20, budget: budget)
        // Nobody is alone with a budget of which another has a part.
        let holder = TextBudget.Share(of: budget)
        #expect(holder.grow(to: 1))
        let line = [UInt8]("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n".utf8)
        for _ in 0..<2_000 { _ = search.received(line.span.bytes) }
        #expect(!search.isCrowdedOut)
        // What is small needs no budget either.
        _ = small.received([UInt8]("a little text b".utf8).span.bytes)
        #expect(small.ended() == .found)
    }

    @Test func oneAloneMayKeepWhatItsOwnLimitAllows() throws {
        let budget = TextBudget(bytes: 10 << 10)
        var alone = PatternSearch(try Pattern(endless), limit: 1 << 20, budget: budget)
        for _ in 0..<20 { _ = alone.received(piece.span.bytes) }
        #expect(!alone.isCrowdedOut)
        var second = PatternSearch(try Pattern(endless), limit: 1 << 20, budget: budget)
        _ = second.received(piece.span.bytes)
        #expect(second.isCrowdedOut)
        _ = alone.received([UInt8(ascii: "b")].span.bytes)
        #expect(alone.ended() == .found)
        var third = PatternSearch(try Pattern(endless), limit: 1 << 20, budget: budget)
        _ = third.received(piece.span.bytes)
        #expect(!third.isCrowdedOut)
    }
}
