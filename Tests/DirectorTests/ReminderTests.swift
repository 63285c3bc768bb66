import Configuration
import Dialogues
import Director
import DirectorBench
import Testing

/// When it is told that a server is still down, for whoever wants to be reminded.
struct ReminderTests {
    private let virtual = Shop.virtual { $0.mail = MailAlert(recipients: ["a@example.com"], repetition: .seconds(60)) }
    private let absent = DirectorEvent.Matter.server(Shop.first, .absent)

    @Test func aServerThatStaysDownIsToldAgain() {
        var bench = Shop.running(virtual)
        #expect(!bench.check(Shop.first, .down, of: virtual).events.contains(absent))
        #expect(bench.pass(.seconds(59)).events == [])
        #expect(bench.pass(.seconds(1)).events == [absent])
        #expect(bench.pass(.seconds(60)).events == [absent])
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.pass(.seconds(300)).events == [])
    }

    /// No change of the table tells of it.
    @Test(arguments: [false, true])
    func aServerThatIsDownFromTheBeginningIsToldAtOnce(isQuiescent: Bool) {
        var virtual = virtual
        virtual.isQuiescent = isQuiescent
        let first = virtual.realServers[0]
        let absent = DirectorEvent.Matter.server(first, .absent)
        var bench = DirectorBench([virtual])
        _ = bench.start()
        #expect(
            bench.check(Shop.first, .down, of: virtual).events == [.server(first, .down(Shop.refused)), absent]
        )
        #expect(bench.check(Shop.first, .down, of: virtual).events == [])
        _ = bench.check(Shop.second, .up, of: virtual)
        #expect(bench.pass(.seconds(60)).events == [absent])
    }

    @Test func nothingIsToldAgainWhereThatIsNotWanted() {
        let virtual = Shop.virtual { $0.mail = MailAlert(recipients: ["a@example.com"]) }
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        #expect(bench.pass(.seconds(300)).events == [])
    }
}
