import Addresses
import IPVS

/// Reads the two lines that dumps consist of, in the one spelling in which `-S` writes them.
///
///     -A -t 10.0.0.1:80 -s wlc
///     -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m -w 10
///
/// Dumps have a hundred thousand of them, and the parser of command lines takes ten times as long. Whatever is not
/// written exactly so is left to it; what is, means the same to both.
struct PlainRule {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// The change that the line asks for; nil when it is not one of the two.
    static func change(on line: ArraySlice<UInt8>) -> Change? {
        var rule = PlainRule(line)
        return rule.change()
    }

    private init(_ line: ArraySlice<UInt8>) {
        bytes = line
        position = line.startIndex
    }

    private mutating func change() -> Change? {
        guard take("-"), let command = takeByte(), command == UInt8(ascii: "A") || command == UInt8(ascii: "a"),
            take(" -"), let letter = takeByte(), letter == UInt8(ascii: "t") || letter == UInt8(ascii: "u"),
            take(" "), let endpoint = endpoint()
        else { return nil }
        let key = ServiceKey.endpoint(letter == UInt8(ascii: "t") ? .tcp : .udp, endpoint)
        return command == UInt8(ascii: "A") ? service(key) : destination(key)
    }

    private mutating func service(_ key: ServiceKey) -> Change? {
        guard take(" -s ") else { return nil }
        let name = bytes[position...]
        guard (1...15).contains(name.count), name.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return nil }
        return .addService(VirtualService(key: key, scheduler: String(decoding: name, as: UTF8.self)))
    }

    private mutating func destination(_ key: ServiceKey) -> Change? {
        guard take(" -r "), let endpoint = endpoint(), take(" -"), let letter = takeByte() else { return nil }
        let forwarding: ForwardingMethod
        switch letter {
        case UInt8(ascii: "m"): forwarding = .masquerade
        // What is not translated gets the port of the service; the parser sees to that.
        case UInt8(ascii: "g") where endpoint.port == key.port: forwarding = .directRoute
        default: return nil
        }
        guard take(" -w "), let weight = number(upTo: 65535), position == bytes.endIndex else { return nil }
        return .addDestination(Destination(endpoint: endpoint, forwarding: forwarding, weight: Int32(weight)), to: key)
    }

    /// An IPv4 address and a port other than 0.
    private mutating func endpoint() -> Endpoint? {
        var address: UInt32 = 0
        for place in 0..<4 {
            guard place == 0 || take("."), let number = number(upTo: 255) else { return nil }
            address = address << 8 | number
        }
        guard take(":"), let port = number(upTo: 65535), port != 0 else { return nil }
        return Endpoint(address: .v4(IPv4Address(value: address)), port: UInt16(port))
    }

    /// A number without zeros in front.
    private mutating func number(upTo most: UInt32) -> UInt32? {
        let start = position
        var number: UInt32 = 0
        while position < bytes.endIndex, case let digit = bytes[position] &- UInt8(ascii: "0"), digit <= 9 {
            number = number * 10 + UInt32(digit)
            guard number <= most else { return nil }
            position += 1
        }
        guard position > start, position - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        return number
    }

    private mutating func takeByte() -> UInt8? {
        guard position < bytes.endIndex else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard bytes.endIndex - position >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in
            for byte in text {
                guard bytes[position] == byte else { return false }
                position += 1
            }
            return true
        }
    }
}
