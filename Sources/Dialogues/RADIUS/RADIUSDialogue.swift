package import Addresses
package import Configuration

/// An Access-Request with a password over RADIUS, RFC 2865, that must be accepted: service `radius`.
///
/// The request bears a Message-Authenticator, and what the response bears is verified. A datagram that stays without an
/// answer is sent again as it was. What is not signed by who knows the secret decides nothing, as section 3 has it: it is
/// told when the time is over.
package struct RADIUSDialogue: DialogueMachine {
    /// The time after which a datagram is taken for lost.
    package static let patience = Duration.seconds(2)

    private enum Stage: Hashable {
        case connecting
        case asking(request: [UInt8])
        case over
    }

    private let credentials: Credentials
    private let secret: RADIUSSecret
    private let target: Endpoint
    private let nonce: DialogueNonce
    private var stage = Stage.connecting
    private var hasUnsignedAnswer = false

    /// Makes a dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Whose access is requested: a name of 1 to 253 bytes and a password of at most 128.
    ///   - secret: What this client and the server share.
    ///   - target: The server.
    ///   - nonce: The number and the authenticator of the request.
    package init(credentials: Credentials, secret: String, target: Endpoint, nonce: DialogueNonce) {
        self.credentials = credentials
        self.secret = RADIUSSecret(bytes: Array(secret.utf8))
        self.target = target
        self.nonce = nonce
    }

    package mutating func start() -> [DialogueAction] {
        guard (1...RADIUSPacket.Attribute.valueLimit).contains(credentials.login.utf8.count) else {
            return end(with: AnswerFault(.director(.malformed), "the login has no bytes, or more than 253"))
        }
        guard credentials.password.utf8.count <= RADIUSSecret.passwordLimit else {
            return end(with: AnswerFault(.director(.malformed), "the password has more than 128 bytes"))
        }
        return [.open(.main, target, .udp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard stage == .connecting else { return [] }
        let request = request(from: local).encoded
        stage = .asking(request: request)
        return [.send(request), .wait(RADIUSDialogue.patience)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard case .asking = stage else { return [] }
        guard bytes.byteCount <= RADIUSDialogue.datagramLimit else { return [.keepWaiting] }
        let datagram = bytes.withUnsafeBytes { Array($0) }
        // Anybody can send a datagram; only one that answers counts.
        guard let response = RADIUSPacket(datagram), response.identifier == identifier else { return [.keepWaiting] }
        guard secret.proves(response, to: nonce.bytes) else {
            hasUnsignedAnswer = true
            return [.keepWaiting]
        }
        let message = RADIUSDialogue.message(of: response)
        switch response.code {
        case RADIUSPacket.Code.accessAccept:
            stage = .over
            return [.finish(.up, .dialogue(.passed), text: "access accepted\(message)")]
        case RADIUSPacket.Code.accessReject:
            return end(with: AnswerFault(.dialogue(.authentication), "access rejected\(message)"))
        case RADIUSPacket.Code.accessChallenge:
            let outcome = CheckLayer.Outcome.status(Int(response.code))
            return end(with: AnswerFault(.dialogue(outcome), "the server asks further questions\(message)"))
        default:
            return end(with: .malformed("the answer has code \(response.code), which answers no Access-Request"))
        }
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        stage == .over ? [] : end(with: .closed("instead of answering"))
    }

    package var lateness: (layer: CheckLayer, text: String)? {
        guard hasUnsignedAnswer else { return nil }
        let text = "the answer is not signed with the secret, which may differ from the server's"
        return (.dialogue(.authentication), text)
    }

    package mutating func timerFired() -> [DialogueAction] {
        guard case .asking(let request) = stage else { return [] }
        return [.send(request), .wait(RADIUSDialogue.patience)]
    }

    /// The bytes that UDP can carry, of which RADIUS looks at 4096 at most.
    private static let datagramLimit = 65_535

    private var identifier: UInt8 { UInt8(truncatingIfNeeded: nonce.low) }

    private func request(from local: Endpoint) -> RADIUSPacket {
        let password = secret.hide(Array(credentials.password.utf8), authenticator: nonce.bytes) ?? []
        var address: [UInt8] = []
        let addressKind: UInt8
        switch local.address {
        case .v4(let own):
            addressKind = RADIUSPacket.Attribute.address4
            address.append(bigEndian: own.value)
        case .v6(let own):
            addressKind = RADIUSPacket.Attribute.address6
            address.append(bigEndian: own.high)
            address.append(bigEndian: own.low)
        }
        // The signature comes first, where nothing that others choose stands before it.
        let attributes = [
            RADIUSPacket.Attribute(kind: RADIUSPacket.Attribute.messageAuthenticator, value: []),
            RADIUSPacket.Attribute(kind: RADIUSPacket.Attribute.userName, value: Array(credentials.login.utf8)),
            RADIUSPacket.Attribute(kind: RADIUSPacket.Attribute.userPassword, value: password),
            RADIUSPacket.Attribute(kind: addressKind, value: address),
            RADIUSPacket.Attribute(kind: RADIUSPacket.Attribute.identifier, value: Array("directrix".utf8)),
        ]
        return secret.sign(
            RADIUSPacket(
                code: RADIUSPacket.Code.accessRequest,
                identifier: identifier,
                authenticator: nonce.bytes,
                attributes: attributes
            )
        )
    }

    /// The Reply-Message of the server behind a colon; empty where there is none.
    private static func message(of response: RADIUSPacket) -> String {
        let texts = response.attributes.filter { $0.kind == RADIUSPacket.Attribute.replyMessage }.map(\.value)
        return texts.isEmpty ? "" : ": \(String(printable: texts.joined()))"
    }

    private mutating func end(with fault: AnswerFault) -> [DialogueAction] {
        stage = .over
        return [fault.action]
    }
}
