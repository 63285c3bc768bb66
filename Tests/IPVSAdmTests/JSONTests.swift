import Addresses
import IPVS
import IPVSAdm
import Testing
import Texts

struct JSONTests {
    @Test
    func textIsEscapedAndNumbersKeepAllDigits() {
        var json = JSONWriter()
        json.object {
            $0.member("a\"\\\n\t\r\u{1}\u{7f}é", UInt64.max)
            $0.key("empty")
            $0.array { _ in }
            $0.key("list")
            $0.array { list in
                list.number(Int32.min)
                list.bool(false)
                list.object { $0.nullMember("x") }
            }
        }
        #expect(
            json.text.string == #"""
                {
                  "a\"\\\n\t\r\u0001\u007fé": 18446744073709551615,
                  "empty": [],
                  "list": [
                    -2147483648,
                    false,
                    {
                      "x": null
                    }
                  ]
                }

                """#
        )
    }

    @Test(
        arguments: [
            (
                "TCP 0A010001 0FA1 0A000001 0050 0A010002 0050 SYN_RECV 58",
                #""virtual":{"address":"10.0.0.1","port":80}"#
            ),
            ("IP  0A010001 0000 00000008 0000 0A010003 0000 NONE 98", #""mark":8"#),
            (
                "IP  2001:db8::1 0000 0000:0008:0:0:0:0:0:0 0000 2001:db8::2 0000 NONE 98",
                #""mark":8"#
            ),
            (
                "UDP 0A010001 0000 0A000001 13C4 0A010002 13C4 NONE 60 sip a\"b",
                #""engine":{"name":"sip","data":"a\"b"}"#
            ),
        ]
    )
    func connectionsSayWhatTheyBelongTo(line: String, member: String) throws {
        let connection = try #require(Connection(line: line))
        var json = JSONWriter()
        JSONConnectionListing.append(connection, to: &json)
        let text = json.text.string.filter { $0 != "\n" && $0 != " " }
        #expect(text.contains(member))
        #expect(text.hasPrefix(#"{"protocol":"\#(connection.transport.lowercased())","state":"#))
    }
}
