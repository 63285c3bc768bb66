package import Addresses
package import Configuration

extension Negotiation {
    /// The machine that leads this dialogue with a server.
    ///
    /// - Parameters:
    ///   - target: The server's address and the port to check.
    ///   - nonce: Random bits that no other dialogue has.
    package func machine(for target: Endpoint, nonce: DialogueNonce) -> any DialogueMachine {
        let machine = unboundedMachine(for: target, nonce: nonce)
        switch dialogue {
        // These have bounds of their own, since what they look at may be long.
        case .http, .simpleTCP: return machine
        default: return BoundedDialogue(machine)
        }
    }

    private func unboundedMachine(for target: Endpoint, nonce: DialogueNonce) -> any DialogueMachine {
        switch dialogue {
        case .http(let request):
            switch request.client {
            case .directrix: HTTPDialogue(request, target: target, security: security)
            case .keepAliveClient(let version):
                HTTPGetDialogue(request, by: version, target: target, security: security)
            }
        case .smtp(let startsTLS): SMTPDialogue(startsTLS: startsTLS, target: target, security: security)
        case .smtpHello(let name): SMTPHelloDialogue(name: name, target: target, security: security)
        case .pop(let credentials): POPDialogue(credentials, target: target, security: security)
        case .imap(let credentials): IMAPDialogue(credentials, target: target, security: security)
        case .ftp(let credentials, let file, let pattern):
            FTPDialogue(credentials, file: file, pattern: pattern, target: target, security: security)
        case .nntp: NNTPDialogue(target: target, security: security)
        case .simpleTCP(let request, let pattern):
            SimpleTCPDialogue(request: request, pattern: pattern, target: target, security: security)
        case .sip(let login, let transport):
            SIPDialogue(login: login, transport: transport, target: target, nonce: nonce)
        case .ldap(let base, let credentials, let pattern):
            LDAPDialogue(base: base, credentials: credentials, pattern: pattern, target: target, security: security)
        case .dns(let name, let transport, let pattern):
            DNSDialogue(name: name, transport: transport, pattern: pattern, target: target, nonce: nonce)
        case .dnsStatus(let name, let type):
            DNSStatusDialogue(name: name, type: type, target: target, nonce: nonce)
        case .datagram(let payload, let rule): DatagramDialogue(payload: payload, rule: rule, target: target)
        case .mysql(let credentials, let database, let query):
            MySQLDialogue(question(credentials, database, query, target))
        case .postgreSQL(let credentials, let database, let query):
            PostgreSQLDialogue(question(credentials, database, query, target), nonce: nonce)
        case .tls: TLSHelloDialogue(target: target, security: security ?? TLSSettings(), nonce: nonce)
        case .radius(let credentials, let secret):
            RADIUSDialogue(credentials: credentials, secret: secret, target: target, nonce: nonce)
        }
    }

    private func question(
        _ credentials: Credentials,
        _ database: String,
        _ query: String?,
        _ target: Endpoint
    ) -> DatabaseQuestion {
        DatabaseQuestion(
            credentials: credentials,
            database: database,
            query: query,
            target: target,
            security: security,
            isSecurityOptional: isSecurityOptional
        )
    }
}
