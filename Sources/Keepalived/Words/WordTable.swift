/// All words of keepalived 2.2.7 and 2.4 by where they may stand.
enum WordTable {
    /// The words of a scope by name.
    static func rule(_ name: String, in scope: Scope) -> WordRule? {
        rules[scope.rawValue][name]
    }

    /// The scopes that know a word that does something there, in the order of `all`.
    static func owners(of name: String) -> [Scope] {
        owners[name] ?? []
    }

    /// The names of the words of a scope.
    static func names(in scope: Scope) -> [String] {
        all.first { $0.scope == scope }?.words.filter { $0.standing == .current }.map(\.name).sorted() ?? []
    }

    /// What a line is in a block that has lines and no words; nil for other blocks.
    static func line(of scope: Scope) -> WordRule? { lines[scope.rawValue] }

    private static let lines = Scope.allCases.map { scope in
        values(ofLineIn: scope).map { WordRule("", $0, repetition: .adds) }
    }

    private static func values(ofLineIn scope: Scope) -> ValueRule? {
        switch scope {
        case .mailAddresses: .mailAddresses
        case .group: .groupEntry
        case .addresses, .staticAddresses: .interfaceAddress
        case .routes: .route
        case .rules: .rule
        case .members: .several(.name)
        case .interfaces: .several(.interface)
        case .linkbeatInterfaces: .sequence([.interface, .anything])
        case .interfaceDelays: .sequence([.interface, .time(.seconds(0...255)), .optional(.time(.seconds(0...255)))])
        case .peers: .peer
        case .trackInterface, .trackScript, .trackFiles, .trackProcess, .trackBFD: .tracked
        case .trackServers: .trackedServer
        default: nil
        }
    }

    /// The scopes with their words.
    static let all: [(scope: Scope, words: [WordRule])] =
        [
            (.file, fileWords), (.globals, globalWords), (.tls, tlsWords),
            (.service, serviceWords), (.server, serverWords),
        ] + checkScopes + failoverScopes

    /// The words of each scope by name.
    private static let rules = Scope.allCases.map { scope in
        let words = all.first { $0.scope == scope }?.words ?? []
        return Dictionary(words.map { ($0.name, $0) }) { first, _ in first }
    }

    private static let owners: [String: [Scope]] = {
        var owners: [String: [Scope]] = [:]
        for (scope, words) in all {
            for word in words {
                if case .idle = word.standing { continue }
                owners[word.name, default: []].append(scope)
            }
        }
        return owners
    }()
}
