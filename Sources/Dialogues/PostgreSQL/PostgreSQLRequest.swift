/// The messages of a client of PostgreSQL, version 3.0 of the protocol.
enum PostgreSQLRequest {
    /// The wish for TLS, which is answered by one byte.
    case security
    /// The beginning of a session; without a database, that of the user's name is opened.
    case startup(user: String, database: String)
    /// A password, or what stands for it.
    case password([UInt8])
    /// The first message of an authentication by that mechanism.
    case mechanism(String, [UInt8])
    /// A further message of it.
    case response([UInt8])
    case query(String)
    /// The end of the session.
    case terminate

    var encoded: [UInt8] {
        switch self {
        case .security:
            var body: [UInt8] = []
            body.append(bigEndian: 80_877_103 as UInt32)
            return PostgreSQLRequest.frame(nil, body)
        case .startup(let user, let database):
            var body: [UInt8] = []
            body.append(bigEndian: 196_608 as UInt32)
            var parameters = ["user", user]
            if !database.isEmpty { parameters += ["database", database] }
            parameters += ["application_name", "directrix", "client_encoding", "UTF8"]
            for text in parameters { body.append(terminated: text.utf8) }
            return PostgreSQLRequest.frame(nil, body + [0])
        case .password(let password):
            return PostgreSQLRequest.frame("p", password + [0])
        case .mechanism(let name, let message):
            var body: [UInt8] = []
            body.append(terminated: name.utf8)
            body.append(bigEndian: UInt32(clamping: message.count))
            return PostgreSQLRequest.frame("p", body + message)
        case .response(let message):
            return PostgreSQLRequest.frame("p", message)
        case .query(let text):
            return PostgreSQLRequest.frame("Q", Array(text.utf8) + [0])
        case .terminate:
            return PostgreSQLRequest.frame("X", [])
        }
    }

    private static func frame(_ kind: Unicode.Scalar?, _ body: [UInt8]) -> [UInt8] {
        var bytes = kind.map { [UInt8(ascii: $0)] } ?? []
        bytes.append(bigEndian: UInt32(clamping: body.count + 4))
        return bytes + body
    }
}
