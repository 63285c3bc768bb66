import COpenSSL

/// PBKDF2 with HMAC-SHA-256, RFC 8018, of one block, in pieces for those who must not be held up by it.
package struct PBKDF2SHA256: Sendable {
    private let keyed: KeyedSHA256
    private var block: [UInt8]
    private var sum: [UInt8]
    private var left: Int

    /// Begins, with the first round done.
    ///
    /// - Parameter iterations: At least 1; the time is in proportion to it, so a number that a peer names needs a bound.
    package init(password: [UInt8], salt: [UInt8], iterations: Int) {
        keyed = KeyedSHA256(key: password)
        block = keyed.code(of: salt + [0, 0, 0, 1])
        sum = block
        left = max(iterations - 1, 0)
    }

    /// Goes on for so many rounds at most.
    ///
    /// - Returns: the 32 bytes once all rounds are done; nil before.
    package mutating func advance(by rounds: Int) -> [UInt8]? {
        let count = min(max(rounds, 0), left)
        block.withUnsafeMutableBytes { block in
            sum.withUnsafeMutableBytes { sum in
                for _ in 0..<count {
                    keyed.replace(block)
                    for index in sum.indices { sum[index] ^= block[index] }
                }
            }
        }
        left -= count
        return left == 0 ? sum : nil
    }
}
