import COpenSSL
import Digests
import Testing

struct RSAPublicKeyTests {
    @Test
    func theOwnerOfThePrivateKeyReadsTheMessage() throws {
        let key = try #require(PrivateKey(bits: 2048))
        let message = Array("a password\0".utf8)
        let encrypted = try #require(RSAPublicKey.encryptOAEP(message, pem: key.publicPEM))
        #expect(encrypted.count == 256)
        #expect(key.decryptOAEP(encrypted) == message)
    }

    @Test
    func aMessageThatIsTooLongIsRefused() throws {
        let key = try #require(PrivateKey(bits: 1024))
        #expect(RSAPublicKey.encryptOAEP([UInt8](repeating: 1, count: 128 - 42), pem: key.publicPEM) != nil)
        #expect(RSAPublicKey.encryptOAEP([UInt8](repeating: 1, count: 128 - 41), pem: key.publicPEM) == nil)
    }

    @Test(arguments: [
        "", "-----BEGIN PUBLIC KEY-----\n", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        // For this one a password would be asked for.
        """
        -----BEGIN PUBLIC KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,EB4E0487AB9A5E304694C35ECBD5E372

        AAAAAAAAAAAAAAAAAAAAAA==
        -----END PUBLIC KEY-----

        """,
    ])
    func whatIsNoKeyIsRefused(pem: String) {
        #expect(RSAPublicKey.encryptOAEP([1], pem: Array(pem.utf8)) == nil)
    }
}

/// A pair of keys that the test has the private one of.
private final class PrivateKey {
    private let key: OpaquePointer

    init?(bits: UInt32) {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard
            EVP_PKEY_keygen_init(context) > 0,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) > 0,
            EVP_PKEY_generate(context, &key) > 0,
            let key
        else { return nil }
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    var publicPEM: [UInt8] {
        guard let sink = BIO_new(BIO_s_mem()) else { return [] }
        defer { BIO_free(sink) }
        guard PEM_write_bio_PUBKEY(sink, key) > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = BIO_read(sink, &buffer, Int32(buffer.count))
        return Array(buffer.prefix(Int(max(count, 0))))
    }

    func decryptOAEP(_ encrypted: [UInt8]) -> [UInt8]? {
        guard let context = EVP_PKEY_CTX_new(key, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var count = 512
        var message = [UInt8](repeating: 0, count: count)
        guard
            EVP_PKEY_decrypt_init(context) > 0,
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0,
            EVP_PKEY_decrypt(context, &message, &count, encrypted, encrypted.count) > 0
        else { return nil }
        return Array(message.prefix(count))
    }
}
