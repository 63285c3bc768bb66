/// The packets of the client and server protocol of MySQL.
enum MySQLPacket {
    /// The bytes of a packet of that number.
    ///
    /// - Parameter payload: Less than 16 MiB; what is more is cut off.
    static func encode(_ payload: [UInt8], number: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        let payload = payload.prefix(0xff_fffe)
        bytes.append(littleEndian: UInt64(payload.count), count: 3)
        bytes.append(number)
        return bytes + payload
    }

    /// The request for TLS, and the beginning of the login.
    static func login(_ capabilities: MySQLCapabilities) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(capabilities.rawValue), count: 4)
        bytes.append(littleEndian: 1 << 24, count: 4)
        bytes.append(characterSet)
        return bytes + [UInt8](repeating: 0, count: 23)
    }

    /// The first byte of what ends a packet sequence in success or refuses it, or leads on in the login.
    static let ok: UInt8 = 0x00
    static let more: UInt8 = 0x01
    static let localFile: UInt8 = 0xfb
    static let end: UInt8 = 0xfe
    static let error: UInt8 = 0xff

    /// Commands.
    static let quit: UInt8 = 0x01
    static let query: UInt8 = 0x03

    /// `utf8mb4_general_ci`, known to every server of the last decade.
    private static let characterSet: UInt8 = 45
}
