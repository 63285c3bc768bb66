import Addresses

/// The first message of a client of TLS, RFC 5246 and 8446: whatever version and cipher a server has, it finds them here.
struct TLSHello {
    /// The whole record.
    let bytes: [UInt8]

    /// Makes a hello.
    ///
    /// - Parameters:
    ///   - serverName: What the server is asked as; nil, or an address, to name nothing.
    ///   - nonce: The random bytes.
    init(serverName: String?, nonce: DialogueNonce) {
        var body: [UInt8] = [3, 3]
        // 32 bytes; nothing is kept secret with them.
        body += nonce.bytes + nonce.bytes.reversed()
        // No session, the ciphers, no compression.
        body += [0] + Self.counted(Self.numbers(Self.ciphers)) + [1, 0]
        var extensions: [UInt8] = []
        if let serverName, IPAddress(serverName) == nil, (1...255).contains(serverName.utf8.count) {
            extensions += Self.extended(0, Self.counted([0] + Self.counted(Array(serverName.utf8))))
        }
        extensions += Self.extended(10, Self.counted(Self.numbers([0x1d, 0x17, 0x18, 0x19])))
        extensions += Self.extended(11, [1, 0])
        extensions += Self.extended(13, Self.counted(Self.numbers(Self.signatures)))
        // The versions 1.3 to 1.0, and no key of any group: a server of 1.3 says hello to name the group it wants.
        extensions += Self.extended(43, [8, 3, 4, 3, 3, 3, 2, 3, 1])
        extensions += Self.extended(51, [0, 0])
        body += Self.counted(extensions)
        let message = [1, 0] + Self.counted(body)
        bytes = [22, 3, 1] + Self.counted(message)
    }

    /// Of TLS 1.3, then with forward secrecy, then what old servers have.
    private static let ciphers: [UInt16] = [
        0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xc009, 0xc013, 0xc00a,
        0xc014, 0x0033, 0x0039, 0x009c, 0x009d, 0x002f, 0x0035, 0x000a, 0x0005, 0x00ff,
    ]

    private static let signatures: [UInt16] = [
        0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201,
    ]

    private static func numbers(_ numbers: [UInt16]) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// Bytes with their number, of two bytes, before them.
    private static func counted(_ bytes: [UInt8]) -> [UInt8] {
        var counted: [UInt8] = []
        counted.append(bigEndian: UInt16(clamping: bytes.count))
        return counted + bytes
    }

    private static func extended(_ kind: UInt8, _ contents: [UInt8]) -> [UInt8] {
        [0, kind] + counted(contents)
    }
}
