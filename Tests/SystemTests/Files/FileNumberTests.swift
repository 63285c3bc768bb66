import System
import Testing

/// Numbers as strtol(3) reads them with base 0.
struct FileNumberTests {
    static let texts: [(String, FileNumber)] = [
        ("3\n", .number(3)), ("-4\n", .number(-4)), ("+5", .number(5)), ("  \t\n7", .number(7)),
        ("12 apples", .number(12)),
        ("0x1F", .number(31)), ("0X10 ", .number(16)), ("010", .number(8)), ("08", .number(0)), ("0", .number(0)),
        ("0x", .number(0)), ("0xg", .number(0)), ("-0x10", .number(-16)), ("junk\n", .number(0)), ("", .number(0)),
        ("-", .number(0)), ("- 5", .number(0)), ("1e3", .number(1)), ("2147483647", .number(.max)),
        ("-2147483648", .number(.min)), ("2147483648", .outOfRange), ("-2147483649", .outOfRange),
        ("99999999999999999999999999", .outOfRange), ("0xffffffff", .outOfRange),
        ("-99999999999999999999999999", .outOfRange), ("0x+5", .number(0)), ("0X7fffffff", .number(.max)),
        ("-020000000000", .number(.min)), ("\u{b}\u{c}\r9", .number(9)), ("\u{a0}5", .number(0)),
        ("1\u{0}2", .number(1)),
        ("\u{0}2", .number(0)), ("+-5", .number(0)),
    ]

    @Test(arguments: texts)
    func textIsReadAsANumber(text: String, number: FileNumber) {
        #expect(FileNumber(Array(text.utf8)) == number)
    }
}
