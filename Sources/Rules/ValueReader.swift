import Addresses
import IPVS

/// Reads the values of options as ipvsadm does, with every habit of the C functions it uses.
struct ValueReader {
    let names: any NameService

    /// A number in decimal with blanks before it and a sign, as `strtol` reads it, and nothing behind it.
    static func number<Value: FixedWidthInteger>(_ text: String, in range: ClosedRange<Value>) -> Value? {
        guard let (number, rest) = leadingNumber(of: text), rest.isEmpty, let value = Value(exactly: number) else {
            return nil
        }
        return range.contains(value) ? value : nil
    }

    /// The length of an IPv6 prefix; `atoi` reads it, so that what follows the digits does not matter.
    static func prefixLength(_ text: String) -> UInt32? {
        guard let (number, _) = leadingNumber(of: text) else { return nil }
        let length = Int32(truncatingIfNeeded: number)
        return (1...128).contains(length) ? UInt32(length) : nil
    }

    /// The number that `strtol` finds at the front of a text, the nearest `long` for one too large, and what is left.
    private static func leadingNumber(of text: String) -> (Int64, Substring.UTF8View)? {
        var rest = Substring(text).utf8.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        let sign: Int64 = isNegative ? -1 : 1
        var number: Int64 = 0
        for digit in digits {
            let (tenfold, tenfoldOverflows) = number.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflows) = tenfold.addingReportingOverflow(sign * Int64(digit - 0x30))
            guard !tenfoldOverflows, !sumOverflows else {
                number = isNegative ? .min : .max
                break
            }
            number = sum
        }
        return (number, rest[digits.endIndex...])
    }

    /// An IPv4 address in any notation of `inet_aton`, or the first one of a host.
    func address(_ text: String) -> IPv4Address? {
        IPv4Address(classful: text) ?? (text.isEmpty ? nil : names.address(ofHost: text))
    }

    /// An address with or without a port, which may be a name of the services database if the protocol is known.
    func endpoint(_ text: String, transport: TransportProtocol?) -> (address: IPAddress, port: UInt16?)? {
        guard text.utf8.contains(where: { !(0x30...0x39).contains($0) }) else { return nil }
        var host = Substring(text)
        var bracketedPort: Substring?
        if host.utf8.first == UInt8(ascii: "[") {
            guard let bracket = host.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let behind = host[bracket...].dropFirst()
            guard behind.utf8.first == UInt8(ascii: ":") else { return nil }
            bracketedPort = behind.dropFirst()
            host = host[..<bracket].dropFirst()
        }
        if let address = IPv6Address(String(host)) {
            guard let bracketedPort else { return (.v6(address), nil) }
            return port(bracketedPort, transport).map { (.v6(address), $0) }
        }
        // A port outside the brackets of what is no IPv6 address is never looked at.
        guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            return address(String(host)).map { (.v4($0), nil) }
        }
        guard let address = address(String(host[..<colon])) else { return nil }
        return port(host[colon...].dropFirst(), transport).map { (.v4(address), $0) }
    }

    private func port(_ text: Substring, _ transport: TransportProtocol?) -> UInt16? {
        let text = String(text)
        if let port = Self.number(text, in: 0...UInt16.max) { return port }
        return transport.flatMap { names.port(ofService: text, $0) }
    }
}
