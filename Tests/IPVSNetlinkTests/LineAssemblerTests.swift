import Testing

@testable import IPVSNetlink

struct LineAssemblerTests {
    private func lines(of pieces: [String]) -> [String] {
        var assembler = LineAssembler()
        var lines: [String] = []
        for piece in pieces {
            let isMoreWanted = assembler.take(Array(piece.utf8)) { line in
                lines.append(line)
                return true
            }
            #expect(isMoreWanted)
        }
        return lines
    }

    @Test func linesComeWholeWhereverTheyAreParted() {
        let text = "first\n\nsecond line\nthird\n"
        for length in 1...text.utf8.count {
            let pieces = stride(from: 0, to: text.count, by: length).map { String(text.dropFirst($0).prefix(length)) }
            #expect(lines(of: pieces) == ["first", "", "second line", "third"])
        }
        #expect(lines(of: ["a line without an end"]).isEmpty)
    }

    @Test func onlyALineThatNoKernelWritesIsCut() {
        let long = String(repeating: "x", count: 20_000)
        #expect(lines(of: [long, "y\nz\n"]) == [long + "y", "z"])
        let endless = String(repeating: "x", count: LineAssembler.longestLine)
        #expect(lines(of: [endless, "cut\nz\n"]) == [endless, "z"])
    }

    @Test func whoHasHadEnoughGetsNoMore() {
        var assembler = LineAssembler()
        var count = 0
        let isMoreWanted = assembler.take(Array("a\nb\nc\n".utf8)) { _ in
            count += 1
            return count < 2
        }
        #expect(!isMoreWanted)
        #expect(count == 2)
    }
}
