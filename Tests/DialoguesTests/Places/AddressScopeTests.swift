import Addresses
import Dialogues
import Testing

struct AddressScopeTests {
    @Test(arguments: [
        ("127.0.0.1", AddressScope.thisMachine), ("127.255.255.254", .thisMachine), ("0.0.0.0", .thisMachine),
        ("0.1.2.3", .thisMachine), ("::1", .thisMachine), ("::", .thisMachine), ("::ffff:127.0.0.1", .thisMachine),
        ("::ffff:0.0.0.0", .thisMachine), ("169.254.169.254", .link), ("169.254.0.0", .link), ("fe80::1", .link),
        ("febf:ffff::1", .link), ("::ffff:169.254.1.1", .link), ("169.253.0.1", nil), ("169.255.0.1", nil),
        ("126.0.0.1", nil), ("128.0.0.1", nil), ("10.0.0.1", nil), ("::2", nil), ("fec0::1", nil),
        ("2001:db8::1", nil), ("::ffff:10.0.0.1", nil),
    ])
    func anAddressTellsHowFarItLeads(address: String, scope: AddressScope?) throws {
        #expect(AddressScope(try #require(IPAddress(address))) == scope)
    }
}
