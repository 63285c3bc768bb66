import Addresses
import Configuration
import Dialogues
import TestKit
import Testing

/// What anybody can have sent decides nothing while the time runs, and is the reason at its end.
struct BinaryDoubtTests {
    private func lateness(_ machine: some DialogueMachine, _ datagram: [UInt8]) -> (layer: CheckLayer, text: String)? {
        var conversation = BinaryConversation(machine)
        conversation.take(.connected)
        #expect(conversation.machine.lateness == nil)
        conversation.take(.datagram(datagram))
        #expect(conversation.actions.last == .keepWaiting)
        return conversation.machine.lateness
    }

    @Test(arguments: [
        "02 0f 0014 e486560c23c002eac121861f6c951899", "03 0f 0014 00000000000000000000000000000000",
        "02 0f 0026 890f38fc6d9e11dffcd83cfa3edbffed 5012 01010101010101010101010101010101",
    ])
    func radius(datagram: String) {
        let machine = RADIUSDialogue(
            credentials: BinaryScenario.credentials,
            secret: "testing123",
            target: BinaryScenario.server,
            nonce: BinaryScenario.nonce
        )
        let end = lateness(machine, octets(datagram))
        #expect(end?.layer == .dialogue(.authentication))
        #expect(end?.text == "the answer is not signed with the secret, which may differ from the server's")
        #expect(lateness(machine, octets("02 0e 0014 e486560c23c002eac121861f6c951898")) == nil)
    }

    @Test func dns() {
        let machine = DNSDialogue(
            name: "www.test",
            transport: .udp,
            pattern: nil,
            target: BinaryScenario.server,
            nonce: BinaryScenario.nonce
        )
        let end = lateness(machine, octets("0e0f 8182 0000 0000 0000 0000"))
        #expect(end?.layer == .dialogue(.status(2)))
        #expect(end?.text == "the server failed (SERVFAIL)")
        #expect(lateness(machine, octets("0e0e 8182 0000 0000 0000 0000")) == nil)
    }

    private func end(ofAnswer message: [UInt8], to name: String = "www.test") -> DialogueAction? {
        var conversation = BinaryConversation(
            DNSDialogue(
                name: name,
                transport: .tcp,
                pattern: nil,
                target: BinaryScenario.server,
                nonce: BinaryScenario.nonce
            )
        )
        conversation.take(.connected)
        let stream = [UInt8(message.count >> 8), UInt8(message.count & 0xff)] + message
        conversation.take(.stream(stream))
        return conversation.actions.last
    }

    /// A message of as many records as there is room for in so many eighths of the largest.
    private func message(kind: UInt8, data: [UInt8], eighths: Int = 8, name: (_ place: Int) -> [UInt8]) -> [UInt8] {
        var message = octets("0e0f 8180 0001 0000 0000 0000") + octets("03 \"www\" 04 \"test\" 00 0001 0001")
        // A name of 126 labels, in a record that is none of these.
        message += octets("c00c 000a 0001 00000000 00fd") + (0..<126).flatMap { _ in [1, 0x61] as [UInt8] } + [0]
        var count: UInt16 = 1
        while message.count + 100 < 65_535 / 8 * eighths {
            message += name(message.count) + [0, kind, 0, 1, 0, 0, 0, 0, 0, UInt8(data.count)] + data
            count += 1
        }
        message[6] = UInt8(count >> 8)
        message[7] = UInt8(count & 0xff)
        return message
    }

    private func pointer(to place: Int) -> [UInt8] { [0xc0 | UInt8(place >> 8), UInt8(place & 0xff)] }

    /// Where the name of 126 labels stands.
    private static let long = 12 + 14 + 12

    /// A message of 64 KiB that is aliases of long names costs what its bytes cost, where it cost their square if each record were
    /// looked at for each alias, and each name read for each record.
    @Test func aMessageOfAliasesIsReadOnce() {
        let isCheap = growsInProportion { eighths in
            let aliases = message(kind: 5, data: pointer(to: Self.long), eighths: eighths) { _ in
                pointer(to: Self.long)
            }
            #expect(
                end(ofAnswer: aliases) == BinaryScenario.down(.mismatch, "the server knows no A record of www.test")
            )
        }
        #expect(isCheap)
    }

    /// Names of 255 bytes that all stand somewhere else are more than any answer has.
    @Test func aMessageOfLongNamesIsDamaged() {
        let names = message(kind: 5, data: pointer(to: Self.long)) { place in
            pointer(to: Self.long + 2 * (place % 60))
        }
        #expect(end(ofAnswer: names) == BinaryScenario.down(.mismatch, "the server knows no A record of www.test"))
        let isCheap = growsInProportion { eighths in
            let more = message(kind: 5, data: pointer(to: Self.long), eighths: eighths) { _ in
                [1, 0x62] + pointer(to: Self.long + 2)
            }
            let end = end(ofAnswer: more)
            if eighths == 8 {
                #expect(end == BinaryScenario.down(.malformed, "the answer to the query is damaged"))
            }
        }
        #expect(isCheap)
    }

    /// As many addresses as there is room for are no harm.
    @Test func aMessageOfAddressesIsRead() {
        let isCheap = growsInProportion { eighths in
            let addresses = message(kind: 1, data: [10, 0, 0, 80], eighths: eighths) { _ in pointer(to: 12) }
            #expect(end(ofAnswer: addresses) == BinaryScenario.up("address 10.0.0.80"))
        }
        #expect(isCheap)
    }
}
