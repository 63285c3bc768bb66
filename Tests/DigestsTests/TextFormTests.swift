import Digests
import Testing

struct TextFormTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(bytes: String, text: String) {
        #expect(String(decoding: Base64.encode(Array(bytes.utf8)), as: UTF8.self) == text)
        #expect(Base64.decode(Array(text.utf8)) == Array(bytes.utf8))
    }

    @Test
    func base64OfEveryByteComesBack() {
        for count in 250...256 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm=v", "Zm9_", "Zg==Zg=="])
    func whatIsNoBase64IsRefused(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test
    func hexadecimal() {
        #expect(Hexadecimal.encode([0x00, 0x9a, 0xff]) == "009aff")
        #expect(Hexadecimal.decode("009Aff") == [0x00, 0x9a, 0xff])
        #expect(Hexadecimal.decode("") == [])
        #expect(Hexadecimal.decode("0") == nil)
        #expect(Hexadecimal.decode("0g") == nil)
    }
}
