import ArgumentParser

/// A firewall mark, in decimal or behind `0x` in hexadecimal digits.
struct DigestMark: ExpressibleByArgument {
    let value: UInt32

    init(value: UInt32) {
        self.value = value
    }

    init?(argument: String) {
        let digits = argument.hasPrefix("0x") || argument.hasPrefix("0X") ? argument.dropFirst(2) : nil
        let value = digits.map { $0.first == "+" ? nil : UInt32($0, radix: 16) } ?? UInt32(argument)
        guard let value else { return nil }
        self.value = value
    }

    var defaultValueDescription: String { "none" }
}
