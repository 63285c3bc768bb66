import Addresses
import COpenSSL
import Configuration
import Dialogues

/// TLS of one connection between two buffers: what comes from the socket goes in, what is for it comes out.
final class TLSSession {
    /// What `read` has found.
    enum Reading {
        case bytes(Int)
        /// There is nothing before more comes from the socket.
        case nothing
        /// The server ended its sending.
        case ended
    }

    /// Whether the handshake is over.
    private(set) var isEstablished = false

    private let pointer: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let name: String

    /// Whether the server's certificate must bear the name, and not an address.
    private let verifiesName: Bool

    /// Makes a session that has sent nothing yet.
    ///
    /// - Throws: `TLSFailure` of the director.
    init(_ context: TLSContext, _ settings: TLSSettings, address: IPAddress) throws(TLSFailure) {
        ERR_clear_error()
        // A dot at the end is of DNS, and stands in no certificate.
        let whole = settings.serverName ?? address.description
        name = whole.utf8.count > 1 && whole.hasSuffix(".") ? String(whole.dropLast()) : whole
        verifiesName = settings.verifiesCertificate && IPAddress(name) == nil
        guard let pointer = SSL_new(context.pointer) else {
            throw TLSFailure(.director(.limit), text: "TLS: \(TLSFailure.takeReason())")
        }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(pointer)
            throw TLSFailure(.director(.limit), text: "TLS: \(TLSFailure.takeReason())")
        }
        SSL_set_bio(pointer, incoming, outgoing)
        SSL_set_connect_state(pointer)
        self.pointer = pointer
        self.incoming = incoming
        self.outgoing = outgoing
        let isAddress = IPAddress(name) != nil
        var isSet = isAddress || settings.serverName == nil || copenssl_set_server_name(pointer, name) == 1
        if settings.verifiesCertificate {
            // As RFC 6125 has it in section 6.4.3, a star is the whole leftmost label.
            SSL_set_hostflags(pointer, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            // With a dot in front, OpenSSL would take any host of the domain for the one that is meant.
            isSet = isSet && !name.hasPrefix(".")
            let wanted =
                isAddress
                ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(pointer), name) : SSL_set1_host(pointer, name)
            isSet = isSet && wanted == 1
        }
        guard isSet else {
            throw TLSFailure(.director(.malformed), text: "TLS: \(name) cannot be the name of a server")
        }
    }

    deinit {
        SSL_free(pointer)
    }

    /// Takes bytes from the socket in.
    func feed(_ bytes: UnsafeRawBufferPointer) {
        BIO_write(incoming, bytes.baseAddress, Int32(clamping: bytes.count))
    }

    /// The bytes for the socket are moved to the end of an array.
    func drain(into bytes: inout [UInt8]) {
        let count = Int(BIO_ctrl_pending(outgoing))
        guard count > 0 else { return }
        let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = Int(max(BIO_read(outgoing, buffer.baseAddress, Int32(clamping: count)), 0))
        }
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    }

    /// Goes on with the handshake as far as what has come allows.
    ///
    /// - Throws: `TLSFailure` of layer 6; an alert may be for the socket then.
    func proceed() throws(TLSFailure) {
        ERR_clear_error()
        let result = SSL_do_handshake(pointer)
        if result == 1 {
            guard !verifiesName || isNamed else {
                throw TLSFailure(.security(.certificate), text: "certificate for \(name): hostname mismatch")
            }
            isEstablished = true
            return
        }
        let error = SSL_get_error(pointer, result)
        if error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE { return }
        let verdict = SSL_get_verify_result(pointer)
        if verdict != X509_V_OK, SSL_get_verify_mode(pointer) != SSL_VERIFY_NONE {
            ERR_clear_error()
            let reason = X509_verify_cert_error_string(verdict).map { String(cString: $0) } ?? "error \(verdict)"
            throw TLSFailure(.security(.certificate), text: "certificate for \(name): \(reason)")
        }
        throw TLSFailure(.security(.handshake), text: "TLS handshake: \(TLSFailure.takeReason())")
    }

    /// Whether the server's certificate bears the name where RFC 6125 looks for it.
    ///
    /// OpenSSL, which has found it, looks into the subject where the alternative names are none of hosts.
    private var isNamed: Bool {
        guard let certificate = SSL_get1_peer_certificate(pointer) else { return false }
        defer { X509_free(certificate) }
        guard X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1) >= 0 else { return true }
        let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        return X509_check_host(certificate, name, name.utf8.count, flags, nil) == 1
    }

    /// Takes decrypted bytes out.
    ///
    /// - Throws: `TLSFailure` of layer 6.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> Reading {
        ERR_clear_error()
        let count = SSL_read(pointer, buffer.baseAddress, Int32(clamping: buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        switch SSL_get_error(pointer, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .nothing
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: throw TLSFailure(.security(.handshake), text: "TLS: \(TLSFailure.takeReason())")
        }
    }

    /// Encrypts bytes to send; only once the handshake is over.
    ///
    /// - Throws: `TLSFailure` of layer 6.
    func write(_ bytes: [UInt8]) throws(TLSFailure) {
        guard !bytes.isEmpty else { return }
        ERR_clear_error()
        guard SSL_write(pointer, bytes, Int32(clamping: bytes.count)) == bytes.count else {
            throw TLSFailure(.security(.handshake), text: "TLS: \(TLSFailure.takeReason())")
        }
    }

    /// Says that nothing more will be sent.
    func endSending() {
        ERR_clear_error()
        SSL_shutdown(pointer)
    }
}
