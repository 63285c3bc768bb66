import Configuration
import Digests

extension PostgreSQLDialogue {
    /// Does what a message of the server leads to.
    mutating func take(_ kind: UInt8, _ contents: ArraySlice<UInt8>) throws(AnswerFault) -> [DialogueAction] {
        switch (stage, Unicode.Scalar(kind)) {
        case (.asking, "E"), (.login, "E"), (.scram, "E"), (.salting, "E"), (.proof, "E"), (.proven, "E"),
            (.preparing, "E"):
            throw PostgreSQLError(contents).fault("the login failed")
        case (.answer, "E"): throw PostgreSQLError(contents).fault("the query failed")
        case (.asking, _), (.securing, _), (.connecting, _): throw .malformed("the server speaks before it may")
        // Notices, parameters, notifications, and versions that the server does not have.
        case (_, "N"), (_, "S"), (_, "A"), (.login, "v"): return []
        case (.login, "R"), (.scram, "R"), (.proof, "R"), (.proven, "R"): return try authenticationWanted(contents)
        case (.preparing, "K"): return []
        case (.preparing, "Z"):
            guard let query = question.query else { return success("logged in") }
            stage = .answer
            return [.send(PostgreSQLRequest.query(query).encoded)]
        // The description of rows, and the end of a command.
        case (.answer, "T"), (.answer, "C"), (.answer, "I"): return []
        case (.answer, "Z"): throw AnswerFault(.dialogue(.mismatch), "the query gives no row")
        case (.answer, "G"), (.answer, "H"), (.answer, "W"):
            throw AnswerFault(.dialogue(.mismatch), "the query is a copy, which gives no row")
        case (.over, _): return []
        default: throw .malformed("the answer is not one of PostgreSQL")
        }
    }

    private mutating func authenticationWanted(_ contents: ArraySlice<UInt8>) throws(AnswerFault) -> [DialogueAction] {
        var reader = ByteReader(contents)
        guard let method = reader.number(UInt32.self) else { throw .malformed("the server wants no known login") }
        switch (stage, method) {
        case (.login, 0), (.proven, 0):
            stage = .preparing
            return []
        case (.login, 3):
            try show(.password)
            return [.send(PostgreSQLRequest.password(Array(question.credentials.password.utf8)).encoded)]
        case (.login, 5):
            try show(.digest)
            guard let salt = reader.bytes(4) else { throw .malformed("the server's salt is too short") }
            let inner = Digest.md5(Array(question.credentials.password.utf8) + Array(question.credentials.login.utf8))
            let outer = Digest.md5(Array(Hexadecimal.encode(inner).utf8) + salt)
            return [.send(PostgreSQLRequest.password(Array("md5\(Hexadecimal.encode(outer))".utf8)).encoded)]
        case (.login, 10):
            try show(.scram)
            return try scramWanted(reader.rest)
        case (.scram(var exchange), 11):
            do throws(SCRAMExchange.Fault) {
                salted = SaltedPassword(try exchange.take(Array(reader.rest)))
            } catch {
                throw error.answerFault
            }
            stage = .salting(exchange)
            salted?.advance()
            return [saltedAnswer() ?? .wait(PostgreSQLDialogue.pause)]
        case (.proof(let exchange), 12):
            do throws(SCRAMExchange.Fault) {
                try exchange.verify(Array(reader.rest))
            } catch {
                throw error.answerFault
            }
            salted?.keep()
            stage = .proven
            return []
        // The server accepts the login before it has proven that it knows the password.
        case (.scram, 0), (.salting, 0), (.proof, 0): throw SCRAMExchange.Fault.unproven.answerFault
        case (.login, _):
            throw AnswerFault(
                .dialogue(.authentication),
                "the server wants a login by \(PostgreSQLDialogue.name(ofMethod: method)), which is not known here"
            )
        default: throw .malformed("the server's part of SCRAM is malformed")
        }
    }

    /// The answer to the server's challenge, once the password is salted for it.
    mutating func saltedAnswer() -> DialogueAction? {
        guard case .salting(var exchange) = stage, let value = salted?.value else { return nil }
        let answer = exchange.answer(salted: value)
        stage = .proof(exchange)
        return .send(PostgreSQLRequest.response(answer).encoded)
    }

    /// Holds the way in which the server wants the password against those that are allowed.
    private mutating func show(_ method: LoginMethod) throws(AnswerFault) {
        guard !isPasswordShown else { throw .malformed("the server wants the password twice") }
        guard question.credentials.methods.contains(method) else { throw .forbidden(method) }
        isPasswordShown = true
    }

    private mutating func scramWanted(_ list: ArraySlice<UInt8>) throws(AnswerFault) -> [DialogueAction] {
        let mechanism = "SCRAM-SHA-256"
        guard list.split(separator: 0).contains(where: { $0.elementsEqual(mechanism.utf8) }) else {
            let names = list.split(separator: 0).map { String(printable: $0, atMost: 40) }.prefix(4)
            throw AnswerFault(
                .dialogue(.authentication),
                "the server wants a login by \(names.joined(separator: " or ")), which is not known here"
            )
        }
        let exchange = SCRAMExchange(
            user: "",
            password: question.credentials.password,
            nonce: Base64.encode(nonce.bytes)
        )
        stage = .scram(exchange)
        return [.send(PostgreSQLRequest.mechanism(mechanism, exchange.first).encoded)]
    }

    private static func name(ofMethod method: UInt32) -> String {
        switch method {
        case 2: "Kerberos"
        case 7: "GSSAPI"
        case 9: "SSPI"
        default: "method \(method)"
        }
    }
}
