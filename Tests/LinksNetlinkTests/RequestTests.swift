import Addresses
import CNetlink
import Links
import Netlink
import Testing

@testable import LinksNetlink

/// What becomes of requests whose answers are odd, where a test is the kernel.
struct RequestTests {
    private let requests = PlayedChannel()
    private let kernel: NetlinkLinks

    init() {
        kernel = NetlinkLinks(requests: requests, port: 4711, changes: PlayedChannel(), routes: PlayedChannel())
    }

    private func sequence(of datagram: [UInt8]) -> UInt32 {
        datagram.span.bytes.load(UInt32.self, at: 8)
    }

    private func message(_ type: UInt16, flags: Int32 = 0, sequence: UInt32, _ body: (inout MessageWriter) -> Void)
        -> Result<[UInt8], NetlinkError>
    {
        var writer = MessageWriter()
        writer.message(type: type, flags: MessageFlags(rawValue: UInt16(flags)), sequence: sequence, body: body)
        return .success(writer.bytes)
    }

    private let rules = (1...3).map { LinkStep.addRule(RoutingRule(.ipv4, priority: $0, action: .lookup(100))) }

    @Test func stepsWhoseAnswerIsLostAreToldAsSuch() {
        // The first of them was refused, which came through.
        requests.answer = { datagram in
            let first = message(UInt16(NLMSG_ERROR), sequence: sequence(of: datagram)) {
                $0.append(Int32(-1))
                $0.append(nlmsghdr())
            }
            return [first, .failure(.timedOut)]
        }
        #expect(
            kernel.apply(rules).failures == [
                LinkReport.Failure(index: 0, error: .refused(1)), LinkReport.Failure(index: 1, error: .unanswered),
                LinkReport.Failure(index: 2, error: .unanswered),
            ]
        )
        // All of them went in one datagram.
        #expect(requests.sent.count == 1)
    }

    @Test func aDumpThatIsDisturbedEachTimeIsUnsettled() {
        requests.answer = { datagram in
            [
                message(UInt16(NLMSG_DONE), flags: NLM_F_DUMP_INTR, sequence: sequence(of: datagram)) {
                    $0.append(Int32(0))
                }
            ]
        }
        #expect(throws: LinksError.unsettled) { try kernel.look(.rules, makers: [18]) }
        #expect(requests.sent.count == 5)
    }

    /// A kernel without IPv6 answers a question about it with all that IPv4 has.
    @Test func aRuleOfAnotherFamilyThanAskedForIsNotCountedTwice() throws {
        let rule = RoutingRule(.ipv4, priority: 100, action: .lookup(100))
        requests.answer = { datagram in
            let sequence = sequence(of: datagram)
            return [
                message(MessageType.newRule, sequence: sequence) { $0.ruleRequest(rule) },
                message(UInt16(NLMSG_DONE), sequence: sequence) { $0.append(Int32(0)) },
            ]
        }
        #expect(try kernel.look(.rules, makers: [18]).rules == [rule])
        #expect(try kernel.look(.rules, makers: [4]).rules == [])
    }

    @Test func aSettingOfANameThatLeadsElsewhereIsRefused() {
        for name in ["", ".", "..", "../../kernel"] {
            let step = LinkStep.set(InterfaceSetting(.disablesIPv6, 1, of: name))
            #expect(kernel.apply([step]).failures.map(\.error) == [.refused(22)])
        }
    }
}
