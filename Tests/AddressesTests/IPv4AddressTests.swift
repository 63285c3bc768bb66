import Addresses
import Testing

struct IPv4AddressTests {
    @Test(
        arguments: [("10.0.0.1", 0x0a00_0001), ("255.255.255.255", 0xffff_ffff), ("0.0.0.0", 0)] as [(String, UInt32)]
    )
    func readsAndWrites(text: String, value: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.value == value)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.+4", " 1.2.3.4", "1..2.3", "01.2.3.4", "1.2.3.4 "])
    func refuses(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test(
        arguments: [
            ("10.1", "10.0.0.1"), ("0x0a000001", "10.0.0.1"), ("012.0.0.1", "10.0.0.1"), ("167772163", "10.0.0.3"),
            ("10.0.0.9 :80", "10.0.0.9"), ("10.0.0.1 80", "10.0.0.1"), ("24", "0.0.0.24"), ("1.2.3", "1.2.0.3"),
            ("4294967295", "255.255.255.255"), ("0", "0.0.0.0"), ("1.0xffffff", "1.255.255.255"),
            ("1.2.3.4\t", "1.2.3.4"),
        ] as [(String, String)]
    )
    func readsTheOldNotation(text: String, address: String) {
        #expect(IPv4Address(classful: text)?.description == address)
    }

    @Test(
        arguments: [
            "", "a", "1.", ".1", "1.2.3.4.5", "256.1.1.1", "4294967296", "1.16777216", "08", "0x", "1.2.3.256", "-1",
            "1.2.3.4x",
        ]
    )
    func refusesInTheOldNotation(text: String) {
        #expect(IPv4Address(classful: text) == nil)
    }
}
