import Addresses
import Digests
import Failover

// Interfaces that virtual routers make, keys, and what they look at besides.

extension ValueReader {
    /// Reads `[NAME] [MAC] [netlink_notify_msg] [group G]`.
    mutating func readMacvlan() -> [ReadValue]? {
        var settings = MacvlanSettings()
        var group: NamedNumber?
        let first = words.first ?? keyword
        while let word = next() {
            if word.text == "group" {
                guard let value = operand(of: word) else { return nil }
                guard let number = named(value, in: .groups) else { return nil }
                group = number
            } else if word.text == "netlink_notify_msg" {
                continue
            } else if word.text.contains(":") {
                guard let address = Self.hardwareAddress(word.text) else {
                    findings.error("\(word.text) is no MAC", at: word, expected: "five or six bytes, 02:00:00:00:00:01")
                    return nil
                }
                settings.hardwareAddress = address
            } else {
                guard isInterface(word) else { return nil }
                settings.name = word.text
            }
        }
        return [ReadValue(value: .macvlan(settings, group: group), word: first)]
    }

    /// The bytes of a MAC that one interface alone may have; five leave the last to the router's number.
    private static func hardwareAddress(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (5...6).contains(parts.count) else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...2).contains(part.utf8.count), part.first != "+", part.first != "-",
                let byte = UInt8(part, radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes[0] & 1 == 0 && bytes.contains { $0 != 0 } ? bytes : nil
    }

    /// Reads `[NAME] [A[/len]] [bridge|private|vepa]`.
    mutating func readIpvlan() -> [ReadValue]? {
        var settings = IpvlanSettings()
        let first = words.first ?? keyword
        let modes: [String: IpvlanSettings.Mode] = ["bridge": .bridge, "private": .isolated, "vepa": .vepa]
        while let word = next() {
            if let mode = modes[word.text] {
                settings.mode = mode
            } else if IPAddress(String(word.text.prefix { $0 != "/" })) != nil {
                guard let prefix = prefix(word) else { return nil }
                settings.address = prefix.address
                settings.prefixLength = prefix.length ?? (prefix.address.family == .ipv4 ? 32 : 128)
            } else {
                guard isInterface(word) else { return nil }
                settings.name = word.text
            }
        }
        return [ReadValue(value: .ipvlan(settings), word: first)]
    }

    /// Reads `[all] SECONDS`.
    mutating func readExtraAnnouncements() -> [ReadValue]? {
        guard var word = next() else { return nil }
        let isForAll = word.text == "all"
        if isForAll {
            guard let value = operand(of: word) else { return nil }
            word = value
        }
        let range = TimeRange.seconds(0...86_400)
        return time(word, in: range).map { [ReadValue(value: .extraAnnouncements($0, all: isForAll), word: word)] }
    }

    /// Reads `ID hex:DIGITS|file:PATH|TEXT`.
    mutating func readKey() -> [ReadValue]? {
        guard let word = next(), let number = number(word, in: 1...255) else { return nil }
        guard let value = next() else {
            findings.error("the key \(number) is missing", at: word, expected: "hex:DIGITS, file:PATH or a text")
            return nil
        }
        let key: Value.Key
        if value.text.hasPrefix("file:") {
            key = .file(String(value.text.dropFirst(5)))
        } else {
            guard let bytes = Value.Key.bytes(of: value.text) else {
                findings.error("a key has 32 to 64 bytes", at: value, expected: "hex: and 64 to 128 digits, or a text")
                return nil
            }
            key = .bytes(bytes)
        }
        return [ReadValue(value: .key(UInt8(clamping: number), key), word: value)]
    }

    /// Reads `A PORT [tcp|udp|sctp]`, `fwmark N` or `group NAME`, and `weight N [reverse|noreverse]`.
    mutating func readTrackedServer() -> [ReadValue]? {
        let weight = words.firstIndex { $0.text == "weight" } ?? words.endIndex
        var tail = words[weight...]
        words = words[..<weight]
        guard !words.isEmpty else {
            findings.error(
                "the virtual server is missing",
                at: keyword,
                expected: "ADDRESS PORT, fwmark N or group NAME"
            )
            return nil
        }
        guard var values = readAddress(.identity) else { return nil }
        if let word = words.popFirst() {
            guard let transport = transport(word) else { return nil }
            values.append(ReadValue(value: .transport(transport), word: word))
        }
        guard let word = tail.popFirst() else { return values }
        words = tail
        guard !words.isEmpty else {
            findings.error("a value of weight is missing", at: word)
            return nil
        }
        guard let read = readNumber(.weight(-254...254)) else { return nil }
        return values + read
    }
}

extension Value.Key {
    /// The bytes of a key in a file or a line: digits behind `hex:`, or the bytes of a text; nil where they are not 32 to 64.
    static func bytes(of text: String) -> [UInt8]? {
        let bytes = text.hasPrefix("hex:") ? Hexadecimal.decode(String(text.dropFirst(4))) : Array(text.utf8)
        return bytes.flatMap { (32...64).contains($0.count) ? $0 : nil }
    }
}
