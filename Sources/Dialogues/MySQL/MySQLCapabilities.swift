/// What the two ends of a connection to a MySQL server can do.
struct MySQLCapabilities: OptionSet, Hashable {
    let rawValue: UInt32

    static let longPassword = MySQLCapabilities(rawValue: 1)
    static let connectWithDatabase = MySQLCapabilities(rawValue: 1 << 3)
    static let protocol41 = MySQLCapabilities(rawValue: 1 << 9)
    static let security = MySQLCapabilities(rawValue: 1 << 11)
    static let transactions = MySQLCapabilities(rawValue: 1 << 13)
    static let secureConnection = MySQLCapabilities(rawValue: 1 << 15)
    static let authenticationMethods = MySQLCapabilities(rawValue: 1 << 19)
    static let endsAreOK = MySQLCapabilities(rawValue: 1 << 24)

    /// The capabilities without which a server is down.
    static let required: MySQLCapabilities = [.protocol41, .secureConnection]
    /// The capabilities that are used where the server has them.
    static let wanted: MySQLCapabilities = [
        .longPassword, .protocol41, .transactions, .secureConnection, .authenticationMethods, .endsAreOK,
    ]
}
