package import Addresses
package import Configuration

/// A hello of TLS, and a server that answers it as one of TLS does: service `tls`.
///
/// A ServerHello or an alert shows that TLS is spoken; whether the two ends agree on more is not asked, so that servers that
/// want a certificate or a certain name are up as well. Where the server's certificate is to be verified, the
/// whole handshake is led instead.
package struct TLSHelloDialogue: DialogueMachine {
    private let target: Endpoint
    private let security: TLSSettings
    private let nonce: DialogueNonce
    private var beginning: [UInt8] = []
    private var isReading = false

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - target: The server.
    ///   - security: The name that is sent, and whether the certificate is verified.
    ///   - nonce: The random bytes of the hello.
    package init(target: Endpoint, security: TLSSettings, nonce: DialogueNonce) {
        self.target = target
        self.security = security
        self.nonce = nonce
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: security.verifiesCertificate ? security : nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard !security.verifiesCertificate else {
            return [.finish(.up, .dialogue(.passed), text: "TLS handshake")]
        }
        isReading = true
        return [.send(TLSHello(serverName: security.serverName, nonce: nonce).bytes)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        bytes.withUnsafeBytes { beginning += $0.prefix(TLSHelloDialogue.lookedAt - beginning.count) }
        var reader = ByteReader(beginning[...])
        guard let kind = reader.byte() else { return [] }
        guard kind == TLSHelloDialogue.handshake || kind == TLSHelloDialogue.alert else { return notTLS() }
        guard let major = reader.byte() else { return [] }
        guard major == 3 else { return notTLS() }
        guard reader.byte() != nil, let length = reader.number(UInt16.self) else { return [] }
        guard (2...TLSHelloDialogue.recordLimit).contains(length) else { return notTLS() }
        guard let first = reader.byte() else { return [] }
        if kind == TLSHelloDialogue.handshake {
            guard first == TLSHelloDialogue.serverHello else { return notTLS() }
            return finish(.up, .passed, "TLS: the server says hello")
        }
        guard let description = reader.byte() else { return [] }
        return finish(.up, .passed, "TLS: the server answers with alert \(description)")
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        return finish(.down, .closed, "the connection was closed before an answer to the hello of TLS")
    }

    private mutating func notTLS() -> [DialogueAction] {
        finish(.down, .malformed, "the answer is not TLS: \(String(printable: beginning))")
    }

    private mutating func finish(
        _ verdict: CheckResult.Verdict,
        _ outcome: CheckLayer.Outcome,
        _ text: String
    ) -> [DialogueAction] {
        isReading = false
        return [.finish(verdict, .dialogue(outcome), text: text)]
    }

    private static let handshake: UInt8 = 22
    private static let alert: UInt8 = 21
    private static let serverHello: UInt8 = 2
    private static let recordLimit: UInt16 = (1 << 14) + 256
    /// The header of a record, and what tells a hello or an alert.
    private static let lookedAt = 7
}
