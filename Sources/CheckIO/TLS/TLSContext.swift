import COpenSSL
import Configuration
import Dialogues
import Glibc

/// What the TLS connections of equal settings share: versions, ciphers, trusted certificates.
final class TLSContext {
    let pointer: OpaquePointer

    /// Makes a context.
    ///
    /// Where nothing is verified, nothing of the security is relied on: old versions and short keys pass then, because
    /// a server that has them still serves.
    ///
    /// - Throws: `TLSFailure` of the director, when the trusted certificates or what is shown to servers cannot be read.
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
        if let identity = settings.identity {
            do throws(TLSFailure) {
                try Self.load(identity, into: pointer)
            } catch {
                SSL_CTX_free(pointer)
                throw error
            }
        }
        self.pointer = pointer
    }

    /// Has the connections of a context show an identity to servers that ask for one.
    ///
    /// - Throws: `TLSFailure` of the director, when a file cannot be read or the key is not that of the certificate.
    private static func load(_ identity: TLSIdentity, into pointer: OpaquePointer) throws(TLSFailure) {
        // OpenSSL asks the terminal for a password where it has none, and takes a text in the place of a callback's data
        // as the password.
        let password = strdup(identity.password ?? "")
        SSL_CTX_set_default_passwd_cb_userdata(pointer, password)
        defer {
            SSL_CTX_set_default_passwd_cb_userdata(pointer, nil)
            free(password)
        }
        if let file = identity.certificate, SSL_CTX_use_certificate_chain_file(pointer, file) != 1 {
            throw TLSFailure(.director(.certificate), text: "cannot read \(file): \(TLSFailure.takeReason())")
        }
        guard let file = identity.key else { return }
        guard SSL_CTX_use_PrivateKey_file(pointer, file, SSL_FILETYPE_PEM) == 1 else {
            throw TLSFailure(.director(.certificate), text: "cannot read \(file): \(TLSFailure.takeReason())")
        }
        guard identity.certificate == nil || SSL_CTX_check_private_key(pointer) == 1 else {
            let text = "\(file) is not the key of the certificate: \(TLSFailure.takeReason())"
            throw TLSFailure(.director(.certificate), text: text)
        }
    }

    deinit {
        SSL_CTX_free(pointer)
    }
}
