import Testing

@testable import Keepalived

struct NumberTextTests {
    @Test(arguments: [
        ("5", NumberText.Reading.number(5)), ("+5", .number(5)), (" 007", .number(7)), ("0", .number(0)),
        ("-0", .number(0)), ("-5", .negative), ("5s", .other), ("0x10", .other), ("1e3", .other), ("", .other),
        ("-", .other), ("5 ", .other), ("9223372036854775807", .number(.max)), ("9223372036854775808", .huge),
        ("-9223372036854775808", .negative),
    ])
    func wholeNumbers(text: String, reading: NumberText.Reading) {
        #expect(NumberText.whole(text) == reading)
    }

    @Test func negativeNumbersWhereTheyMayStand() {
        #expect(NumberText.whole("-5", allowsNegative: true) == .number(-5))
    }

    @Test(arguments: [
        ("5", NumberText.TimeReading.microseconds(5_000_000, isRounded: false)),
        (".5", .microseconds(500_000, isRounded: false)), ("5.", .microseconds(5_000_000, isRounded: false)),
        ("", .microseconds(0, isRounded: false)), ("1.23456789", .microseconds(1_234_568, isRounded: true)),
        ("0.0000005", .microseconds(1, isRounded: true)), ("0.0000004", .microseconds(0, isRounded: true)),
        ("0.999999", .microseconds(999_999, isRounded: false)),
        ("0.9999999", .microseconds(1_000_000, isRounded: true)),
        ("18446744073709.551614", .microseconds(.max - 1, isRounded: false)), ("18446744073709.551616", .huge),
        ("99999999999999999999", .huge), ("-1", .negative), ("-0", .microseconds(0, isRounded: false)), ("5s", .other),
        ("1_000", .other), (".", .other), ("1.2.3", .other), ("2sec", .other),
    ])
    func times(text: String, reading: NumberText.TimeReading) {
        #expect(NumberText.time(text) == reading)
    }
}
