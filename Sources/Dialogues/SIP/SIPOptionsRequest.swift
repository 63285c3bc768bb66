import Addresses
import Configuration
import Digests

/// The bytes of one `OPTIONS`.
struct SIPOptionsRequest: Hashable, Sendable {
    /// The value of `Call-ID`.
    let callID: String

    private let user: String
    private let transport: Negotiation.SIPTransport
    private let target: Endpoint
    private let branch: String
    private let tag: String

    /// Makes a request whose identifiers come from the nonce.
    init(login: String, transport: Negotiation.SIPTransport, target: Endpoint, nonce: DialogueNonce) {
        self.transport = transport
        self.target = target
        let bytes = nonce.bytes
        callID = Hexadecimal.encode(Array(bytes.prefix(8)))
        branch = "z9hG4bK" + Hexadecimal.encode(Array(bytes[8..<12]))
        tag = Hexadecimal.encode(Array(bytes.suffix(4)))
        // These characters would end the user's name in a header.
        let name = login.unicodeScalars.filter {
            $0.value > 0x20 && $0.value != 0x7f && !"<>\"".unicodeScalars.contains($0)
        }
        user = String(String.UnicodeScalarView(name))
    }

    /// The request as it is sent from an address.
    func bytes(local: Endpoint) -> [UInt8] {
        let carrier = transport == .udp ? "UDP" : "TCP"
        let name = user.isEmpty ? target.description : user
        let contact = user.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return Array(
            """
            OPTIONS sip:\(name) SIP/2.0\r
            Via: SIP/2.0/\(carrier) \(local);branch=\(branch);rport\r
            Max-Forwards: 70\r
            To: <sip:\(name)>\r
            From: <sip:\(name)>;tag=\(tag)\r
            Call-ID: \(callID)\r
            CSeq: 1 OPTIONS\r
            Contact: <sip:\(contact.isEmpty ? "" : "\(contact)@")\(local)>\r
            Accept: application/sdp\r
            User-Agent: directrix\r
            Content-Length: 0\r
            \r\n
            """.utf8
        )
    }
}
