import COpenSSL

/// The public key of an RSA pair, as a server sends it.
package enum RSAPublicKey {
    /// The bytes as only the owner of the private key can read them: RSAES-OAEP with SHA-1, RFC 8017.
    ///
    /// - Parameters:
    ///   - message: At most 42 bytes less than the key has.
    ///   - pem: The key as `-----BEGIN PUBLIC KEY-----`.
    /// - Returns: As many bytes as the key has; nil where the key cannot be read, is not RSA, has more than 8,192 bits or
    ///   is too short for the message.
    package static func encryptOAEP(_ message: [UInt8], pem: [UInt8]) -> [UInt8]? {
        // What OpenSSL notes of a failure is not to be taken for one of a later call.
        defer { ERR_clear_error() }
        guard let length = Int32(exactly: pem.count), let key = readKey(pem, length: length) else { return nil }
        defer { EVP_PKEY_free(key) }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, EVP_PKEY_get_bits(key) <= 8192 else { return nil }
        guard let context = EVP_PKEY_CTX_new(key, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard
            EVP_PKEY_encrypt_init(context) > 0,
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0,
            EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha1()) > 0
        else { return nil }
        var count = Int(max(EVP_PKEY_get_size(key), 0))
        var encrypted = [UInt8](repeating: 0, count: count)
        guard EVP_PKEY_encrypt(context, &encrypted, &count, message, message.count) > 0 else { return nil }
        return Array(encrypted.prefix(count))
    }

    private static func readKey(_ pem: [UInt8], length: Int32) -> OpaquePointer? {
        pem.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, length) else { return nil }
            defer { BIO_free(source) }
            // A key may come encrypted; without this, OpenSSL would ask the terminal for its password and wait.
            return PEM_read_bio_PUBKEY(source, nil, { _, _, _, _ in -1 }, nil)
        }
    }
}
