/// A number for which iproute2 has names in its files.
enum NamedNumber: Hashable, Sendable {
    case number(UInt32)
    /// A name that one of the files of a list has.
    case name(Word, NumberList)
}

/// The files of iproute2 that have names for numbers.
enum NumberList: String, CaseIterable, Hashable, Sendable {
    case tables = "rt_tables"
    case protocols = "rt_protos"
    case scopes = "rt_scopes"
    case realms = "rt_realms"
    case services = "rt_dsfield"
    case groups = "group"

    /// The largest number that one of these can be.
    var largest: UInt32 {
        switch self {
        case .tables, .groups: .max
        case .protocols, .scopes, .services: 255
        case .realms: 65535
        }
    }

    /// The names that hold without a file.
    var known: [String: UInt32] {
        switch self {
        case .tables: ["local": 255, "main": 254, "default": 253]
        case .protocols: ["kernel": 2, "boot": 3, "static": 4, "keepalived": 18]
        case .scopes: ["global": 0, "site": 200, "link": 253, "host": 254, "nowhere": 255]
        case .realms: ["unspec": 0]
        case .services: ["default": 0]
        case .groups: ["default": 0]
        }
    }

    /// What a number of the list is, in messages.
    var noun: String {
        switch self {
        case .tables: "routing table"
        case .protocols: "routing protocol"
        case .scopes: "scope"
        case .realms: "realm"
        case .services: "type of service"
        case .groups: "group of interfaces"
        }
    }
}
