import Configuration

extension MySQLDialogue {
    /// Does what a packet of the server leads to.
    mutating func take(_ packet: ArraySlice<UInt8>, number: UInt8) throws(AnswerFault) -> [DialogueAction] {
        switch stage {
        case .greeting: return try greeted(packet, number: number)
        case .login: return try loginAnswered(packet, number: number)
        case .key: return try keyCame(packet, number: number)
        case .answer: return try queryAnswered(packet)
        case .columns(let left):
            if let error = MySQLError(packet) { throw error.fault("the query failed") }
            guard !packet.isEmpty else { throw .malformed("the description of a column is empty") }
            guard left <= 1 else {
                stage = .columns(left - 1)
                return []
            }
            stage = capabilities.contains(.endsAreOK) ? .rows : .columnsEnd
            return []
        case .columnsEnd:
            if let error = MySQLError(packet) { throw error.fault("the query failed") }
            guard packet.first == MySQLPacket.end else { throw .malformed("the columns do not end") }
            stage = .rows
            return []
        case .rows:
            if let error = MySQLError(packet) { throw error.fault("the query failed") }
            throw AnswerFault(.dialogue(.mismatch), "the query gives no row")
        case .connecting, .securing: throw .malformed("the server speaks before it may")
        case .over: return []
        }
    }

    private mutating func greeted(_ packet: ArraySlice<UInt8>, number: UInt8) throws(AnswerFault) -> [DialogueAction] {
        if let error = MySQLError(packet) { throw error.fault("the server refuses the connection") }
        guard let greeting = MySQLGreeting(packet) else { throw .malformed("the greeting is not one of MySQL") }
        guard greeting.capabilities.isSuperset(of: .required) else {
            throw .malformed("the server is older than MySQL 4.1")
        }
        serverVersion = greeting.serverVersion
        challenge = greeting.challenge
        // For a way that is not known the server, which may have another for this user, is asked with one that is.
        method = try allowed(MySQLMethod(rawValue: String(decoding: greeting.method, as: UTF8.self)) ?? .native)
        capabilities = greeting.capabilities.intersection(.wanted)
        if !question.database.isEmpty {
            guard greeting.capabilities.contains(.connectWithDatabase) else {
                throw .malformed("the server opens no database at login")
            }
            capabilities.insert(.connectWithDatabase)
        }
        let isOffered = greeting.capabilities.contains(.security)
        guard let security = question.security, isOffered || !question.isSecurityOptional else {
            stage = .login
            return [.send(MySQLPacket.encode(login(), number: number &+ 1))]
        }
        guard isOffered else {
            throw AnswerFault(.security(.handshake), "the server does not offer TLS")
        }
        capabilities.insert(.security)
        stage = .securing
        return [.send(MySQLPacket.encode(MySQLPacket.login(capabilities), number: number &+ 1)), .startTLS(security)]
    }

    /// The way that the login begins with: the server's, or else one that it may be shown; it is asked for the user's then.
    private func allowed(_ method: MySQLMethod) throws(AnswerFault) -> MySQLMethod {
        let ways = [method, .cachingSHA2, .native]
        guard let way = ways.first(where: { question.credentials.methods.contains($0.loginMethod) }) else {
            throw .forbidden(method.loginMethod)
        }
        return way
    }

    private mutating func loginAnswered(
        _ packet: ArraySlice<UInt8>,
        number: UInt8
    ) throws(AnswerFault) -> [DialogueAction] {
        if let error = MySQLError(packet) { throw error.fault("the login failed") }
        switch packet.first {
        case MySQLPacket.ok:
            guard let query = question.query else {
                return success("logged in to \(String(printable: serverVersion, atMost: 80))")
            }
            stage = .answer
            return [.send(MySQLPacket.encode([MySQLPacket.query] + Array(query.utf8), number: 0))]
        case MySQLPacket.end: return try methodChanged(packet.dropFirst(), number: number)
        case MySQLPacket.more where method == .cachingSHA2:
            switch packet.dropFirst().first {
            // The server remembers the password, and lets the client in.
            case 3: return []
            case 4: return try passwordWanted(number: number)
            default: throw .malformed("the server leads the login on in a way that is not known")
            }
        default: throw .malformed("the answer to the login is not one of MySQL")
        }
    }

    /// Answers a server that wants another way of authentication, which it may want once.
    private mutating func methodChanged(
        _ packet: ArraySlice<UInt8>,
        number: UInt8
    ) throws(AnswerFault) -> [DialogueAction] {
        var reader = ByteReader(packet)
        guard let name = reader.terminated(), let method = MySQLMethod(rawValue: String(decoding: name, as: UTF8.self))
        else {
            let shown = packet.isEmpty ? "mysql_old_password" : String(printable: packet.prefix { $0 != 0 }, atMost: 40)
            throw AnswerFault(.dialogue(.authentication), "the server wants \(shown), which is not known here")
        }
        guard question.credentials.methods.contains(method.loginMethod) else { throw .forbidden(method.loginMethod) }
        guard !isMethodChanged else { throw .malformed("the server changes the way of authentication twice") }
        guard let challenge = reader.bytes(20) else { throw .malformed("the challenge is too short") }
        isMethodChanged = true
        self.method = method
        self.challenge = Array(challenge)
        let answer = method.answer(to: self.challenge, password: Array(question.credentials.password.utf8))
        return [.send(MySQLPacket.encode(answer, number: number &+ 1))]
    }

    private mutating func passwordWanted(number: UInt8) throws(AnswerFault) -> [DialogueAction] {
        // Each encryption costs time, so that a server may ask for one only.
        guard !isPasswordWanted else { throw .malformed("the server wants the password twice") }
        let isProven = capabilities.contains(.security) && question.security?.verifiesCertificate == true
        guard isProven || question.credentials.methods.contains(.password) else { throw .forbidden(.password) }
        isPasswordWanted = true
        if capabilities.contains(.security) {
            return [.send(MySQLPacket.encode(Array(question.credentials.password.utf8) + [0], number: number &+ 1))]
        }
        stage = .key
        return [.send(MySQLPacket.encode([MySQLDialogue.keyRequest], number: number &+ 1))]
    }

    private mutating func keyCame(_ packet: ArraySlice<UInt8>, number: UInt8) throws(AnswerFault) -> [DialogueAction] {
        if let error = MySQLError(packet) { throw error.fault("the login failed") }
        guard packet.first == MySQLPacket.more else { throw .malformed("the server sends no key") }
        let password = Array(question.credentials.password.utf8)
        let key = Array(packet.dropFirst())
        guard let encrypted = MySQLMethod.encrypt(password, challenge: challenge, key: key) else {
            throw .malformed("the key of the server cannot be used")
        }
        stage = .login
        return [.send(MySQLPacket.encode(encrypted, number: number &+ 1))]
    }

    private mutating func queryAnswered(_ packet: ArraySlice<UInt8>) throws(AnswerFault) -> [DialogueAction] {
        if let error = MySQLError(packet) { throw error.fault("the query failed") }
        switch packet.first {
        case MySQLPacket.ok: throw AnswerFault(.dialogue(.mismatch), "the query is none that gives rows")
        case MySQLPacket.localFile: throw AnswerFault(.dialogue(.mismatch), "the query wants a file of the client")
        default: break
        }
        guard let columns = MySQLDialogue.length(packet), (1...MySQLDialogue.columnsAtMost).contains(columns) else {
            throw .malformed("the answer to the query is not one of MySQL")
        }
        stage = .columns(columns)
        return []
    }

    /// A number in the encoding of lengths.
    private static func length(_ packet: ArraySlice<UInt8>) -> Int? {
        var reader = ByteReader(packet)
        let number: UInt64? =
            switch reader.byte() {
            case .some(let first) where first < 0xfb: UInt64(first)
            case 0xfc: reader.littleEndian(2)
            case 0xfd: reader.littleEndian(3)
            default: nil
            }
        return number.map { Int($0) }
    }

    /// What asks for the server's key.
    private static let keyRequest: UInt8 = 2
    /// What a server can give.
    private static let columnsAtMost = 4096
}
