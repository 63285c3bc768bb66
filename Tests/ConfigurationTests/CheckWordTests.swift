import Configuration
import Testing

struct CheckWordTests {
    @Test
    func onlySignificantBitsCount() {
        let mask = DatagramRule.Mask([0x12, 0x34], significant: [0x0f])
        #expect(mask.bytes == [0x02, 0x34])
        #expect(mask.significant == [0x0f, 0xff])
        #expect(mask.matchesBeginning(of: [0xf2, 0x34]))
        #expect(mask.matchesBeginning(of: [0xf2, 0x34, 0x00]))
        #expect(!mask.matchesBeginning(of: [0xf3, 0x34]))
        #expect(!mask.matchesBeginning(of: [0xf2, 0x35]))
        #expect(!mask.matchesBeginning(of: [0xf2]))
        #expect(DatagramRule.Mask([]).matchesBeginning(of: []))
        #expect(DatagramRule.Mask([1], significant: [1, 2]).significant == [1])
    }

    @Test
    func theUsualPayloadHas32Bytes() {
        #expect(DatagramRule.usualPayload.count == 32)
    }

    @Test
    func optionsHaveNames() {
        for (index, name) in ContentPattern.Options.allNames.enumerated() {
            let option = ContentPattern.Options(name: name)
            #expect(option == ContentPattern.Options(rawValue: 1 << UInt32(index)))
            #expect(option?.names == [name])
        }
        #expect(ContentPattern.Options(name: "literal") == nil)
        #expect(ContentPattern.Options.allNames.count == 24)
        #expect(ContentPattern.Options.allNames == ContentPattern.Options.allNames.sorted())
    }

    @Test
    func recordTypesAreReadInAnyCase() {
        #expect(DNSRecordType(word: "dnskey") == .key)
        #expect(DNSRecordType(word: "Aaaa") == .address6)
        #expect(DNSRecordType(word: "ANY") == nil)
    }
}
