import Configuration
import Digests

/// The ways of authentication that a check knows.
enum MySQLMethod: String, Hashable {
    case native = "mysql_native_password"
    case cachingSHA2 = "caching_sha2_password"

    /// What it is called in configurations.
    var loginMethod: LoginMethod {
        switch self {
        case .native: .native
        case .cachingSHA2: .cachingSHA2
        }
    }

    /// The answer to a challenge of 20 bytes: it proves the password without telling it.
    ///
    /// Without a password it is empty.
    func answer(to challenge: [UInt8], password: [UInt8]) -> [UInt8] {
        guard !password.isEmpty else { return [] }
        switch self {
        case .native:
            let once = Digest.sha1(password)
            return once ^ Digest.sha1(challenge + Digest.sha1(once))
        case .cachingSHA2:
            let once = Digest.sha256(password)
            return once ^ Digest.sha256(Digest.sha256(once) + challenge)
        }
    }

    /// The password, encrypted for the owner of a key.
    ///
    /// - Returns: nil where the key is none, or too short for the password.
    static func encrypt(_ password: [UInt8], challenge: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard !challenge.isEmpty else { return nil }
        let hidden = (password + [0]).enumerated().map { $1 ^ challenge[$0 % challenge.count] }
        return RSAPublicKey.encryptOAEP(hidden, pem: key)
    }
}
