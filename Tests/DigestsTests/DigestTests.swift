import Digests
import Testing

/// The vectors are those that the standards publish.
struct DigestTests {
    private static let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    /// RFC 1321, A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        (alphabet, "d174ab98d277d9f5a5611c2c9f419d9f"),
    ])
    func md5(text: String, digest: String) {
        #expect(Hexadecimal.encode(Digest.md5(Array(text.utf8))) == digest)
        var pieces = MD5Digest()
        for byte in text.utf8 {
            let copy = pieces
            pieces.update([byte])
            _ = copy.value
        }
        #expect(Hexadecimal.encode(pieces.value) == digest)
    }

    /// FIPS 180, appendices A and B.
    @Test(arguments: [
        (
            "abc", "a9993e364706816aba3e25717850c26c9cd0d89d",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        ),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha(text: String, sha1: String, sha256: String) {
        #expect(Hexadecimal.encode(Digest.sha1(Array(text.utf8))) == sha1)
        #expect(Hexadecimal.encode(Digest.sha256(Array(text.utf8))) == sha256)
    }

    /// RFC 4231, cases 1, 2, 6 and 7.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            "This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func hmac(key: [UInt8], message: String, code: String) {
        #expect(Hexadecimal.encode(Digest.hmacSHA256(Array(message.utf8), key: key)) == code)
    }

    /// RFC 7677, section 3: the exchange of SCRAM-SHA-256, which rests on PBKDF2.
    @Test
    func scramExchange() throws {
        let salt = try #require(Base64.decode(Array("W22ZaJ0SNY7soEsUEjb6gQ==".utf8)))
        let salted = Digest.pbkdf2SHA256(password: Array("pencil".utf8), salt: salt, iterations: 4096)
        let message =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        let client = Digest.hmacSHA256(Array("Client Key".utf8), key: salted)
        let signature = Digest.hmacSHA256(Array(message.utf8), key: Digest.sha256(client))
        let proof = zip(client, signature).map { $0 ^ $1 }
        #expect(
            String(decoding: Base64.encode(proof), as: UTF8.self) == "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        )
    }

    /// RFC 7914, section 11.
    @Test
    func pbkdf2() {
        let key = Digest.pbkdf2SHA256(password: Array("passwd".utf8), salt: Array("salt".utf8), iterations: 1)
        #expect(Hexadecimal.encode(key) == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
        let slow = Digest.pbkdf2SHA256(password: Array("Password".utf8), salt: Array("NaCl".utf8), iterations: 80_000)
        #expect(Hexadecimal.encode(slow) == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")
    }
}
