package import Addresses
package import Configuration

/// `OPTIONS`, answered by 200.
///
/// Over UDP the request is sent again while no answer comes, after half a second, a second, two, and every four. Anybody
/// can send a datagram; one without the `Call-ID` of the request, which only who has seen it knows, decides nothing there.
package struct SIPDialogue: DialogueMachine {
    private let request: SIPOptionsRequest
    private let transport: Negotiation.SIPTransport
    private let target: Endpoint
    private var isReading = false
    private var sent: [UInt8] = []
    private var patience = Duration.milliseconds(500)
    private var reader = SIPResponseReader()
    /// What is wrong with a datagram that decided nothing.
    private var doubt: (layer: CheckLayer, text: String)?

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - login: The user, with or without a domain, that the request is from and to; the server itself where it is empty.
    ///   - transport: What carries it.
    ///   - target: The server.
    ///   - nonce: Makes the identifiers of the request.
    package init(login: String, transport: Negotiation.SIPTransport, target: Endpoint, nonce: DialogueNonce) {
        request = SIPOptionsRequest(login: login, transport: transport, target: target, nonce: nonce)
        self.transport = transport
        self.target = target
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, transport == .udp ? .udp : .tcp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isReading = true
        sent = request.bytes(local: local)
        return transport == .udp ? [.send(sent), .wait(patience)] : [.send(sent)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        guard transport == .tcp else { return receivedDatagram(bytes) }
        var position = 0
        do throws(ReplyFault) {
            while let response = try reader.next(in: bytes, at: &position) {
                if let actions = judge(response) { return actions }
            }
        } catch {
            return finish(error.layer, error.text("SIP"))
        }
        return []
    }

    /// Takes a datagram, which is a message of its own; what follows its head is the body.
    private mutating func receivedDatagram(_ bytes: RawSpan) -> [DialogueAction] {
        reader = SIPResponseReader()
        var position = 0
        do throws(ReplyFault) {
            guard let response = try reader.next(in: bytes, at: &position) else {
                throw .malformed(reader.statusLine)
            }
            guard response.callID == request.callID else {
                let text = "an answer is to another request: \(response.statusLine)"
                doubt = doubt ?? (.dialogue(.malformed), text)
                return [.keepWaiting]
            }
            return judge(response) ?? [.keepWaiting]
        } catch {
            doubt = doubt ?? (error.layer, error.text("SIP"))
            return [.keepWaiting]
        }
    }

    package var lateness: (layer: CheckLayer, text: String)? { isReading ? doubt : nil }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before the answer to OPTIONS")
    }

    package mutating func timerFired() -> [DialogueAction] {
        guard isReading else { return [] }
        patience = min(patience * 2, .seconds(4))
        return [.send(sent), .wait(patience)]
    }

    /// What a response decides; nil for a provisional one, and for one to another request.
    private mutating func judge(_ response: SIPResponse) -> [DialogueAction]? {
        if let callID = response.callID, callID != request.callID { return nil }
        guard response.status >= 200 else { return nil }
        guard response.status == 200 else {
            return finish(.dialogue(.status(response.status)), response.statusLine)
        }
        isReading = false
        return [.finish(.up, .dialogue(.passed), text: response.statusLine)]
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        isReading = false
        return [.finish(.down, layer, text: text)]
    }
}
