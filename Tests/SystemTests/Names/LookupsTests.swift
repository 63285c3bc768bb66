import Addresses
import Glibc
import Synchronization
import System
import TestKit
import Testing

/// Questions that threads answer.
@Suite(.waits)
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

    @Test func nothingMoreIsAskedWhenNobodyWantsTheAnswers() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        var count = Count()
        var lookups: Lookups<Int, Int>? = hangingLookups(count, gate: ends[0])
        while count.value.load(ordering: .relaxed) < 2 { sched_yield() }
        #expect(lookups?.answers == [:])
        lookups = nil
        close(ends[1])
        // The threads let go of it at their end.
        let limit = ContinuousClock.now + .seconds(60)
        while !isKnownUniquelyReferenced(&count), ContinuousClock.now < limit { sched_yield() }
        #expect(isKnownUniquelyReferenced(&count))
        #expect(count.value.load(ordering: .relaxed) == 2)
        close(ends[0])
    }

    /// Fifty questions for two threads, none of which is answered before the gate is closed.
    private func hangingLookups(_ count: Count, gate: Int32) -> Lookups<Int, Int> {
        Lookups(of: Set(0..<50), threads: 2) { question in
            count.value.add(1, ordering: .relaxed)
            var byte: UInt8 = 0
            _ = read(gate, &byte, 1)
            return question
        }
    }

    private final class Count: Sendable {
        let value = Atomic(0)
    }

    @Test(arguments: [("127.0.0.1", "127.0.0.1"), ("010.0.0.1", "8.0.0.1"), ("1", "0.0.0.1"), ("web1", nil)])
    func numbersNeedNoNameServer(host: String, address: String?) {
        #expect(SystemLookup.address(numeric: host, .ipv4)?.description == address)
    }

    @Test func theMachineKnowsItself() throws {
        #expect(try SystemLookup.address(of: "localhost", .ipv4).description == "127.0.0.1")
        #expect(SystemLookup.address(numeric: "::1", .ipv6)?.description == "::1")
        #expect(SystemLookup.port(of: "http", "tcp") == 80)
        #expect(SystemLookup.port(of: "domain", nil) == 53)
        #expect(SystemLookup.port(of: "no-such-service", "tcp") == nil)
    }
}
