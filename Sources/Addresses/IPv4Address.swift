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
        var value: UInt32 = 0
        var (dots, number, digits): (Int, UInt32, Int) = (0, 0, 0)
        for byte in text {
            switch byte {
            case UInt8(ascii: "."):
                guard digits > 0, dots < 3 else { return nil }
                value = value << 8 | number
                (dots, number, digits) = (dots + 1, 0, 0)
            case 0x30...0x39:
                // A zero stands alone, and three digits are less than 1000.
                guard digits == 0 || number > 0 else { return nil }
                number = number * 10 + UInt32(byte - 0x30)
                guard number <= 255 else { return nil }
                digits += 1
            default: return nil
            }
        }
        guard dots == 3, digits > 0 else { return nil }
        self.value = value << 8 | number
    }

    /// Four decimal numbers with dots between: `10.0.0.1`.
    public var description: String {
        "\(value >> 24).\(value >> 16 & 0xff).\(value >> 8 & 0xff).\(value & 0xff)"
    }
}
