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
        case .smtp(let startsTLS): SMTPDialogue(startsTLS: startsTLS, target: target, security: security)
        case .pop(let credentials): POPDialogue(credentials, target: target, security: security)
        case .imap(let credentials): IMAPDialogue(credentials, target: target, security: security)
        case .ftp(let credentials, let file, let pattern):
            FTPDialogue(credentials, file: file, pattern: pattern, target: target, security: security)
        case .nntp: NNTPDialogue(target: target, security: security)
        case .simpleTCP(let request, let pattern):
            SimpleTCPDialogue(request: request, pattern: pattern, target: target, security: security)
        case .sip(let login, let transport):
            SIPDialogue(login: login, transport: transport, target: target, nonce: nonce)
        default: SettledDialogue(.down, .director(.malformed), text: "this protocol is not known")
        }
    }
}
