/// A way in which a database wants to be shown a password.
package enum LoginMethod: String, CaseIterable, Hashable, Sendable {
    /// PostgreSQL: proofs of both ends, from which the password cannot be had.
    case scram = "scram-sha-256"
    /// PostgreSQL: a digest with a challenge.
    case digest = "md5"
    /// MySQL: a digest with SHA-256 and a challenge, after which the server may want the password itself.
    case cachingSHA2 = "caching_sha2_password"
    /// MySQL and MariaDB: a digest with SHA-1 and a challenge.
    case native = "mysql_native_password"
    /// The password itself: in the clear, in TLS, or encrypted with a key that the server sends.
    case password
}
