import COpenSSL
import Configuration
import Dialogues

/// What the TLS connections of equal settings share: versions, ciphers, trusted certificates.
final class TLSContext {
    let pointer: OpaquePointer

    /// Makes a context.
    ///
    /// Where nothing is verified, nothing of the security is relied on: old versions and short keys pass then, because
    /// a server that has them still serves.
    ///
    /// - Throws: `TLSFailure` of the director, when the trusted certificates cannot be read.
    init(_ settings: TLSSettings) throws(TLSFailure) {
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(TLS_client_method()) else {
            throw TLSFailure(.director(.limit), text: "TLS: \(TLSFailure.takeReason())")
        }
        // Many servers end the connection without saying so in TLS; lengths tell a truncated answer.
        var options = COPENSSL_NO_RENEGOTIATION | COPENSSL_IGNORE_UNEXPECTED_EOF
        SSL_CTX_ctrl(pointer, SSL_CTRL_MODE, Int(SSL_MODE_RELEASE_BUFFERS), nil)
        SSL_CTX_ctrl(pointer, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
        if settings.verifiesCertificate {
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
            let isLoaded =
                if let file = settings.trustedCertificates {
                    SSL_CTX_load_verify_locations(pointer, file, nil) == 1
                } else {
                    SSL_CTX_set_default_verify_paths(pointer) == 1
                }
            guard isLoaded else {
                SSL_CTX_free(pointer)
                let place = settings.trustedCertificates ?? "the system's certificates"
                throw TLSFailure(.director(.certificate), text: "cannot read \(place): \(TLSFailure.takeReason())")
            }
        } else {
            SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
            SSL_CTX_set_security_level(pointer, 0)
            SSL_CTX_ctrl(pointer, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_VERSION), nil)
            options |= COPENSSL_LEGACY_SERVER_CONNECT
        }
        SSL_CTX_set_options(pointer, options)
        self.pointer = pointer
    }

    deinit {
        SSL_CTX_free(pointer)
    }
}
