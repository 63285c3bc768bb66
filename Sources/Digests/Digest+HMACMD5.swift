extension Digest {
    /// The 16 bytes of HMAC-MD5, RFC 2104.
    package static func hmacMD5(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let blockSize = 64
        let short = key.count > blockSize ? md5(key) : key
        let block = short + [UInt8](repeating: 0, count: blockSize - short.count)
        return md5(block.map { $0 ^ 0x5c } + md5(block.map { $0 ^ 0x36 } + message))
    }
}
