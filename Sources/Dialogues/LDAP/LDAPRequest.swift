/// The requests of LDAP that a check sends, RFC 4511.
enum LDAPRequest {
    /// A bind with a name and a password; both empty for an anonymous one.
    case bind(name: String, password: String)
    /// A search for the one entry of that name, of any class, without its attributes.
    case search(base: String)
    /// The end of the session.
    case unbind

    /// The message of that number, 1...127.
    func encoded(number: UInt8) -> [UInt8] {
        BERElement.encode(
            BERElement.sequenceTag,
            BERElement.encode(BERElement.integerTag, [number]) + operation
        )
    }

    private var operation: [UInt8] {
        switch self {
        case .bind(let name, let password):
            return BERElement.encode(
                0x60,
                BERElement.encode(BERElement.integerTag, [3])
                    + BERElement.encode(BERElement.stringTag, Array(name.utf8))
                    + BERElement.encode(0x80, Array(password.utf8))
            )
        case .search(let base):
            let everything = BERElement.encode(0x87, Array("objectClass".utf8))
            let noAttributes = BERElement.encode(BERElement.stringTag, Array("1.1".utf8))
            return BERElement.encode(
                0x63,
                BERElement.encode(BERElement.stringTag, Array(base.utf8))
                    // The scope is the base object; an alias of it is followed, as Net::LDAP asks for.
                    + BERElement.encode(BERElement.enumerationTag, [0])
                    + BERElement.encode(BERElement.enumerationTag, [2])
                    // No limits of number and time, and values where attributes come.
                    + BERElement.encode(BERElement.integerTag, [0])
                    + BERElement.encode(BERElement.integerTag, [0])
                    + BERElement.encode(0x01, [0])
                    + everything
                    + BERElement.encode(BERElement.sequenceTag, noAttributes)
            )
        case .unbind:
            return BERElement.encode(0x42, [])
        }
    }
}
