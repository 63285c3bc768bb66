import COpenSSL
import Testing

/// The server's half of TLS, with a certificate that it has made for itself.
final class TLSAcceptor: @unchecked Sendable {
    // Written in `init` only; OpenSSL counts references to it under locks of its own.
    private let context: OpaquePointer

    init() throws {
        let context = try #require(SSL_CTX_new(TLS_server_method()))
        self.context = context
        let generator = try #require(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil))
        defer { EVP_PKEY_CTX_free(generator) }
        var made: OpaquePointer?
        try #require(EVP_PKEY_keygen_init(generator) > 0)
        try #require(EVP_PKEY_generate(generator, &made) > 0)
        let key = try #require(made)
        defer { EVP_PKEY_free(key) }
        let certificate = try #require(X509_new())
        defer { X509_free(certificate) }
        try #require(X509_set_version(certificate, 2) == 1)
        try #require(X509_gmtime_adj(X509_getm_notBefore(certificate), 0) != nil)
        try #require(X509_gmtime_adj(X509_getm_notAfter(certificate), 3600) != nil)
        try #require(X509_set_pubkey(certificate, key) == 1)
        try #require(X509_sign(certificate, key, EVP_sha256()) > 0)
        try #require(SSL_CTX_use_certificate(context, certificate) == 1)
        try #require(SSL_CTX_use_PrivateKey(context, key) == 1)
    }

    deinit {
        SSL_CTX_free(context)
    }

    /// Reads a request on a connection and answers it with a text.
    ///
    /// - Parameter answer: Is given the name in the handshake and the request.
    func serve(_ descriptor: Int32, _ answer: (String, String) -> [UInt8]) -> String? {
        guard let session = SSL_new(context) else { return nil }
        defer { SSL_free(session) }
        guard SSL_set_fd(session, descriptor) == 1, SSL_accept(session) == 1 else { return nil }
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !request.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let count = SSL_read(session, &buffer, Int32(buffer.count))
            guard count > 0 else { return nil }
            request += buffer.prefix(Int(count))
        }
        let name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) } ?? ""
        let text = String(decoding: request, as: UTF8.self)
        let bytes = answer(name, text)
        _ = SSL_write(session, bytes, Int32(bytes.count))
        SSL_shutdown(session)
        return text
    }
}
