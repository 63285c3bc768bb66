import Addresses
import DirectorService
import Glibc
import IPVS
import Testing

/// Questions that threads answer.
struct LookupsTests {
    @Test(arguments: [0, 1, 5, 200])
    func everyQuestionIsAnswered(count: Int) {
        let lookups = Lookups(of: Set(0..<count), threads: 8) { $0 * 2 }
        let answers = lookups.answers(within: .seconds(60))
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, $0 * 2) }))
        var watched = pollfd(fd: lookups.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&watched, 1, 60_000) == 1)
    }

    @Test func oneThatHangsHoldsNobodyUp() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let gate = ends[0]
        let lookups = Lookups(of: ["quick", "hanging", "slow to come"]) { question in
            var byte: UInt8 = 0
            if question == "hanging" { _ = read(gate, &byte, 1) }
            return question.utf8.count
        }
        while lookups.answers.count < 2 { sched_yield() }
        #expect(lookups.answers(within: .milliseconds(1)) == ["quick": 5, "slow to come": 12])
        close(ends[1])
        #expect(lookups.answers(within: .seconds(60)).count == 3)
        close(ends[0])
    }

    @Test(arguments: [("127.0.0.1", "127.0.0.1"), ("010.0.0.1", "8.0.0.1"), ("1", "0.0.0.1"), ("web1", nil)])
    func numbersNeedNoNameServer(host: String, address: String?) {
        #expect(SystemLookup.address(numeric: host, .ipv4)?.description == address)
    }

    @Test func theMachineKnowsItself() throws {
        #expect(try SystemLookup.address(of: "localhost", .ipv4).description == "127.0.0.1")
        #expect(SystemLookup.address(numeric: "::1", .ipv6)?.description == "::1")
        #expect(SystemLookup.port(of: "http", .tcp) == 80)
        #expect(SystemLookup.port(of: "domain", nil) == 53)
        #expect(SystemLookup.port(of: "no-such-service", .tcp) == nil)
    }
}
