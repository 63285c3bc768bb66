import Testing

@testable import VRRP

/// The vectors of RFC 1321 §A.5, FIPS 180 and RFC 2202, RFC 4231.
struct HashTests {
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func isMD5(text: String, hash: String) {
        #expect(MD5.hash(Array(text.utf8)).hexadecimal == hash)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func isSHA256(text: String, hash: String) {
        #expect(SHA256.hash(Array(text.utf8)).hexadecimal == hash)
    }

    @Test func isSHA256OfManyBlocks() {
        var hash = SHA256()
        for _ in 0..<1_000 { hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 100)) }
        // `head -c 100000 /dev/zero | tr '\0' a | sha256sum`
        #expect(hash.finish().hexadecimal == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    }

    @Test(arguments: [
        (Array("Jefe".utf8), Array("what do ya want for nothing?".utf8), "750c783e6ab0b503eaa86e310a5db738"),
        (bytes(0x0b, 16), Array("Hi There".utf8), "9294727a3638bb1c13f48ef8158bfc9d"),
        (bytes(0xaa, 16), bytes(0xdd, 50), "56be34521d144c88dbb8c733f0e8b3f6"),
        (bytes(0xaa, 80), longKeyText, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"),
    ])
    func isHMACOfMD5(key: [UInt8], message: [UInt8], code: String) {
        #expect(HMAC<MD5>(key: key).code(message[...]).hexadecimal == code)
    }

    @Test(arguments: [
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            bytes(0x0b, 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (bytes(0xaa, 20), bytes(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (bytes(0xaa, 131), longKeyText, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ])
    func isHMACOfSHA256(key: [UInt8], message: [UInt8], code: String) {
        #expect(HMAC<SHA256>(key: key).code(message[...]).hexadecimal == code)
        // In pieces it is the same message.
        #expect(HMAC<SHA256>(key: key).code(message[..<3], message[3...]).hexadecimal == code)
    }
}

private func bytes(_ byte: UInt8, _ count: Int) -> [UInt8] {
    Array(repeating: byte, count: count)
}

private let longKeyText = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
