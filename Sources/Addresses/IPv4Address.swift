/// An IPv4 address, held as a number in host byte order.
public struct IPv4Address: Hashable, Sendable {
    /// The address as a number: 10.0.0.1 is 0x0a000001.
    public let value: UInt32

    /// Makes an address from a number in host byte order.
    public init(value: UInt32) {
        self.value = value
    }

    /// 0.0.0.0.
    public static let any = IPv4Address(value: 0)

    /// Whether this is an address of 224.0.0.0/4.
    public var isMulticast: Bool { value >> 28 == 0xe }
}

extension IPv4Address: Comparable {
    /// Orders by the number, so that 10.0.0.1 comes before 192.168.0.1.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool {
        left.value < right.value
    }
}

extension IPv4Address: LosslessStringConvertible {
    /// Reads four decimal numbers of at most 255 with dots between and no needless zeros; anything else is nil.
    ///
    /// This is what `inet_pton` takes.
    public init?(_ description: String) {
        self.init(dotted: description.utf8)
    }

    init?(dotted text: some Collection<UInt8>) {
        let octets = text.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        guard octets.count == 4 else { return nil }
        var value: UInt32 = 0
        for octet in octets {
            guard (1...3).contains(octet.count), octet.first != UInt8(ascii: "0") || octet.count == 1 else {
                return nil
            }
            var number: UInt32 = 0
            for digit in octet {
                guard (0x30...0x39).contains(digit) else { return nil }
                number = number * 10 + UInt32(digit - 0x30)
            }
            guard number <= 255 else { return nil }
            value = value << 8 | number
        }
        self.value = value
    }

    /// Four decimal numbers with dots between: `10.0.0.1`.
    public var description: String {
        "\(value >> 24).\(value >> 16 & 0xff).\(value >> 8 & 0xff).\(value & 0xff)"
    }
}
