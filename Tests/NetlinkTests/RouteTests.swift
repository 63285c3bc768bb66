import CNetlink
import Netlink
import Testing

/// rtnetlink, spoken to the kernel that the tests run on.
struct RouteTests {
    private let conversation: Conversation

    init() throws {
        conversation = Conversation(try SocketChannel(.route))
    }

    /// The links by number, from a dump of `RTM_GETLINK`.
    private func links() throws -> [Int32: String] {
        var links: [Int32: String] = [:]
        let trace = try conversation.ask(type: UInt16(RTM_GETLINK), flags: .dump) {
            $0.append(ifinfomsg())
        } read: { contents, bytes throws(DecodingError) in
            #expect(contents.type == UInt16(RTM_NEWLINK))
            let link = bytes.load(ifinfomsg.self, at: contents.range.lowerBound)
            var cursor = AttributeCursor(try contents.attributes(behind: MemoryLayout<ifinfomsg>.size))
            while let attribute = try cursor.next(in: bytes) {
                if attribute.type == UInt16(IFLA_IFNAME) { links[link.ifi_index] = bytes.text(attribute) }
            }
        }
        #expect(trace.datagrams >= 1)
        return links
    }

    @Test func aDumpListsTheLoopbackLink() throws {
        #expect(try links().values.contains("lo"))
        // The end of the first answer is not in the way of the second.
        #expect(try links().values.contains("lo"))
    }

    @Test func aQuestionAboutNothingIsRefusedAndTheNextOneAnswered() throws {
        #expect(throws: ConversationError.refused(NetlinkError(rawValue: ENODEV))) {
            try conversation.ask(type: UInt16(RTM_GETLINK), flags: .acknowledged) {
                var link = ifinfomsg()
                link.ifi_index = .max
                $0.append(link)
            } read: { _, _ in
            }
        }
        #expect(try links().values.contains("lo"))
    }

    /// A batch of questions: what is refused is told by its place, and the last request tells the end.
    @Test func eachRefusalOfABatchHasItsPlace() throws {
        var batch = RequestBatch()
        let lo = try #require(try links().first { $0.value == "lo" }?.key)
        for (index, number) in [lo, .max, lo, .max, lo].enumerated() {
            let sequence = conversation.nextSequence()
            batch.append(at: index + 10, sequence: sequence) { writer in
                writer.message(type: UInt16(RTM_GETLINK), flags: .none, sequence: sequence) {
                    var link = ifinfomsg()
                    link.ifi_index = number
                    $0.append(link)
                }
            }
        }
        var refused: [Int: NetlinkError] = [:]
        #expect(try conversation.carryOut(&batch) { refused[$0] = $1 })
        #expect(refused == [11: NetlinkError(rawValue: ENODEV), 13: NetlinkError(rawValue: ENODEV)])
    }

    @Test func whoDoesNotWaitIsToldThatNothingCame() throws {
        let channel = try SocketChannel(.route, waitsForAnswers: false)
        var buffer = [UInt8].datagramBuffer()
        #expect(throws: NetlinkError.timedOut) { try channel.receive(into: &buffer) }
    }
}
