/// The first packet of a MySQL server, version 10 of the handshake.
struct MySQLGreeting: Hashable {
    /// For people: `8.0.36`, `10.11.6-MariaDB`.
    let serverVersion: [UInt8]
    let capabilities: MySQLCapabilities
    /// What answers to the server's challenge are made of: 20 bytes.
    let challenge: [UInt8]
    /// The name of the way of authentication; empty where the server names none.
    let method: [UInt8]

    /// Reads a packet; nil where it is no such greeting.
    init?(_ packet: ArraySlice<UInt8>) {
        var reader = ByteReader(packet)
        guard
            reader.byte() == 10,
            let serverVersion = reader.terminated(),
            reader.bytes(4) != nil,
            let first = reader.bytes(8),
            reader.bytes(1) != nil,
            let low = reader.littleEndian(2)
        else { return nil }
        // MariaDB puts 5.5.5- before its version, for clients that take no higher one.
        let prefix = "5.5.5-".utf8
        self.serverVersion = Array(serverVersion.starts(with: prefix) ? serverVersion.dropFirst(6) : serverVersion)
        guard
            // The character set and the status.
            reader.bytes(3) != nil,
            let high = reader.littleEndian(2),
            // The length of the challenge, which is 21 with a zero byte, and what is reserved.
            reader.bytes(11) != nil,
            let second = reader.bytes(12)
        else { return nil }
        capabilities = MySQLCapabilities(rawValue: UInt32(truncatingIfNeeded: high << 16 | low))
        challenge = Array(first + second)
        _ = reader.byte()
        method = capabilities.contains(.authenticationMethods) ? Array(reader.terminated() ?? reader.rest) : []
    }
}
