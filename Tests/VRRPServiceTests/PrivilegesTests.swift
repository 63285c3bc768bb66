import Testing

@testable import VRRPService

struct PrivilegesTests {
    @Test func aUserIsFoundInTheFileOfUsers() throws {
        let text = "root:x:0:0:root:/root:/bin/sh\n# odd\nnobody:x:65534:65533::/:/bin/false\nbroken:x:1\n"
        let nobody = try #require(Privileges.account(of: "nobody", in: text))
        #expect(nobody == (65534, 65533))
        let number = try #require(Privileges.account(of: "1234", in: text))
        #expect(number == (1234, 1234))
        #expect(Privileges.account(of: "broken", in: text) == nil)
        #expect(Privileges.account(of: "somebody", in: text) == nil)
    }

    @Test func processorsBecomeBits() {
        #expect(ProcessSettings.mask([0, 3, 64]) == [0b1001, 1])
        #expect(ProcessSettings.mask([]).allSatisfy { $0 == .max })
    }

    @Test func aRefusalSaysWhatIsMissing() {
        let refusal = Privileges.Refusal.missing(["CAP_NET_ADMIN", "CAP_NET_RAW"])
        #expect(
            "\(refusal)"
                == "CAP_NET_ADMIN and CAP_NET_RAW missing: it is started as root, or by its unit with both capabilities"
        )
    }
}
