/// One message of a server over LDAP, RFC 4511.
struct LDAPAnswer {
    enum Operation {
        case bound(LDAPResult)
        /// An entry, by its name.
        case entry(name: [UInt8])
        case done(LDAPResult)
        /// A notice of disconnection, which the server sends unasked.
        case notice(LDAPResult)
        /// References and intermediate answers, that decide nothing.
        case other
    }

    /// The number of the request that is answered; 0 for none.
    let number: Int
    let operation: Operation

    /// Reads the contents of a message; nil where they are none.
    init?(_ contents: ArraySlice<UInt8>) {
        var reader = ByteReader(contents)
        guard
            let first = reader.element(), first.tag == BERElement.integerTag, let number = first.integer,
            let operation = reader.element()
        else { return nil }
        self.number = number
        switch operation.tag {
        case 0x61:
            guard let result = LDAPResult(operation.contents) else { return nil }
            self.operation = .bound(result)
        case 0x64:
            var fields = ByteReader(operation.contents)
            guard let name = fields.contents(BERElement.stringTag) else { return nil }
            self.operation = .entry(name: Array(name))
        case 0x65:
            guard let result = LDAPResult(operation.contents) else { return nil }
            self.operation = .done(result)
        case 0x78:
            guard let result = LDAPResult(operation.contents) else { return nil }
            self.operation = .notice(result)
        case 0x73, 0x79:
            self.operation = .other
        default: return nil
        }
    }
}

/// What became of a request.
struct LDAPResult: Hashable {
    /// 0 is success.
    let code: Int
    /// The diagnostic message of the server, for people.
    let diagnostic: [UInt8]

    init?(_ contents: ArraySlice<UInt8>) {
        var reader = ByteReader(contents)
        guard
            let first = reader.element(), first.tag == BERElement.enumerationTag, let code = first.integer,
            reader.contents(BERElement.stringTag) != nil,
            let diagnostic = reader.contents(BERElement.stringTag)
        else { return nil }
        self.code = code
        self.diagnostic = Array(diagnostic)
    }

    static let invalidCredentials = 49
}

extension LDAPResult: CustomStringConvertible {
    /// `invalidCredentials (49): what the server says`.
    var description: String {
        let name = LDAPResult.names[code].map { "\($0) (\(code))" } ?? "result \(code)"
        return diagnostic.isEmpty ? name : "\(name): \(String(printable: diagnostic, atMost: 120))"
    }

    private static let names: [Int: String] = [
        1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded", 4: "sizeLimitExceeded",
        7: "authMethodNotSupported", 8: "strongerAuthRequired", 10: "referral", 11: "adminLimitExceeded",
        13: "confidentialityRequired", 32: "noSuchObject", 33: "aliasProblem", 34: "invalidDNSyntax",
        48: "inappropriateAuthentication", 49: "invalidCredentials", 50: "insufficientAccessRights", 51: "busy",
        52: "unavailable", 53: "unwillingToPerform", 80: "other",
    ]
}
