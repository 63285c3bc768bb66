package import Addresses
package import Configuration

extension Negotiation {
    /// The machine that leads this dialogue with a server.
    ///
    /// - Parameters:
    ///   - target: The server's address and the port to check.
    ///   - nonce: Random bits that no other dialogue has.
    package func machine(for target: Endpoint, nonce: DialogueNonce) -> any DialogueMachine {
        switch dialogue {
        case .http(let request): HTTPDialogue(request, target: target, security: security)
        default: SettledDialogue(.down, .director(.malformed), text: "this protocol is not known")
        }
    }
}
