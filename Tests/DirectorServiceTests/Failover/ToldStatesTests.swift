import Testing
import Time

@testable import DirectorService

struct ToldStatesTests {
    @Test func whatIsWrittenIsRead() {
        let told = ToldStates(
            began: MonotonicTime(nanoseconds: 12_345_678_901),
            states: [
                NoticeSubject(kind: .router, name: "VI 1"): .master, NoticeSubject(kind: .router, name: "VI_2"): .fault,
                NoticeSubject(kind: .group, name: "VI 1"): .backup,
            ]
        )
        #expect(told.text == "12345678901\ngroup BACKUP VI 1\nrouter FAULT VI_2\nrouter MASTER VI 1\n")
        #expect(ToldStates(told.text) == told)
    }

    @Test(arguments: [
        "", "x", "1\nrouter", "1\nrouter MASTER", "1\nthing MASTER a", "1\nrouter OWNER a", "99999999999999999999\n",
    ])
    func anythingElseIsNone(text: String) {
        #expect(ToldStates(text) == nil)
    }
}
