import COpenSSL

/// The server's half of TLS with a certificate of the tests, for as many sessions as there are guests.
///
/// It is sendable because `init` alone writes what it holds; OpenSSL counts references to that under locks of its own.
public final class TLSServer: @unchecked Sendable {
    private let context: OpaquePointer

    /// What OpenSSL does not do, with what it says of it.
    public struct Failure: Error {
        public let step: String
        public let code: UInt
    }

    /// Shows the certificate of that file, whose key is in another.
    public init(certificate: String, key: String) throws {
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw Self.failure("SSL_CTX_new") }
        self.context = context
        guard SSL_CTX_use_certificate_chain_file(context, certificate) == 1,
            SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1
        else { throw Self.failure(certificate) }
    }

    deinit {
        SSL_CTX_free(context)
    }

    /// A session that waits for a client; the caller frees it.
    package func session() throws -> OpaquePointer {
        guard let session = SSL_new(context) else { throw Self.failure("SSL_new") }
        SSL_set_accept_state(session)
        return session
    }

    /// The name that a client asked for in its handshake; nil for none.
    package static func name(in session: OpaquePointer) -> String? {
        SSL_get_servername(session, Int32(TLSEXT_NAMETYPE_host_name)).map { String(cString: $0) }
    }

    private static func failure(_ step: String) -> Failure { Failure(step: step, code: ERR_get_error()) }

    /// Reads a request on a connection and answers it with a text.
    ///
    /// - Parameter answer: Is given the name in the handshake and the request.
    public func serve(_ descriptor: Int32, _ answer: (String, String) -> [UInt8]) -> String? {
        guard let session = try? session() else { return nil }
        defer { SSL_free(session) }
        guard SSL_set_fd(session, descriptor) == 1, SSL_accept(session) == 1 else { return nil }
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !request.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let count = SSL_read(session, &buffer, Int32(buffer.count))
            guard count > 0 else { return nil }
            request += buffer.prefix(Int(count))
        }
        let text = String(decoding: request, as: UTF8.self)
        let bytes = answer(Self.name(in: session) ?? "", text)
        _ = SSL_write(session, bytes, Int32(bytes.count))
        SSL_shutdown(session)
        return text
    }
}
