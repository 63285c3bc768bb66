import COpenSSL
import TestKit
import Testing

/// The server's end of TLS on a connection of a test.
final class TLSServerEnd {
    /// Told what the client sends, decrypted; nothing is the end of it.
    var onReceive: ([UInt8]) -> Void = { _ in }
    /// The name that the client asked for.
    private(set) var serverName: String?
    /// The subject of the certificate that the client showed.
    private(set) var clientSubject: String?
    private let session: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let connection: ServerConnection
    private let onEstablished: (TLSServerEnd) -> Void
    private var isEstablished = false

    /// Begins TLS with the bytes that come from now on.
    init(
        _ connection: ServerConnection,
        certificate: String,
        key: String,
        asksForCertificate: Bool = false,
        onEstablished: @escaping (TLSServerEnd) -> Void
    ) throws {
        self.connection = connection
        self.onEstablished = onEstablished
        session = try TLSServer(certificate: certificate, key: key).session()
        // Whatever the client shows will do.
        if asksForCertificate { SSL_set_verify(session, SSL_VERIFY_PEER) { _, _ in 1 } }
        incoming = try #require(BIO_new(BIO_s_mem()))
        outgoing = try #require(BIO_new(BIO_s_mem()))
        SSL_set_bio(session, incoming, outgoing)
        connection.onReceive = { [unowned connection] bytes in
            _ = connection
            self.feed(bytes)
        }
    }

    deinit {
        SSL_free(session)
    }

    private func feed(_ bytes: [UInt8]) {
        if bytes.isEmpty { return onReceive([]) }
        BIO_write(incoming, bytes, Int32(bytes.count))
        if !isEstablished, SSL_do_handshake(session) == 1 {
            isEstablished = true
            serverName = TLSServer.name(in: session)
            clientSubject = subject
            onEstablished(self)
        }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while isEstablished {
            let count = SSL_read(session, &buffer, Int32(buffer.count))
            guard count > 0 else { break }
            onReceive(Array(buffer.prefix(Int(count))))
        }
        ERR_clear_error()
        flush()
    }

    /// The common name in the client's certificate.
    private var subject: String? {
        guard let certificate = SSL_get1_peer_certificate(session) else { return nil }
        defer { X509_free(certificate) }
        var buffer = [CChar](repeating: 0, count: 256)
        guard let name = X509_get_subject_name(certificate),
            X509_NAME_get_text_by_NID(name, NID_commonName, &buffer, Int32(buffer.count)) > 0
        else { return nil }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    func send(_ text: String) {
        SSL_write(session, text, Int32(text.utf8.count))
        flush()
    }

    /// Changes the key that it sends with, again and again.
    func updateKeys(times: Int) {
        for _ in 0..<times {
            SSL_key_update(session, 0)
            SSL_do_handshake(session)
        }
        flush()
    }

    /// Says that nothing more is sent, and closes the connection.
    func close() {
        SSL_shutdown(session)
        flush()
        connection.close()
    }

    private func flush() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = BIO_read(outgoing, &buffer, Int32(buffer.count))
        ERR_clear_error()
        if count > 0 { connection.send(Array(buffer.prefix(Int(count)))) }
    }
}
