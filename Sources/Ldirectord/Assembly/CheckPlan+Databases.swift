import Configuration

// Warnings about the way in which databases are shown passwords.

extension CheckPlan {
    /// Whether servers are asked in a session with a database.
    var isOfDatabase: Bool { service == .mysql || service == .pgsql }

    /// The words of `authmethods` in effect.
    var loginMethodWords: [String] { LoginMethod.allCases.filter(loginMethods.contains).map(\.rawValue) }

    /// The ways of authentication that a database of the service knows, those first that show less.
    private var knownMethods: [LoginMethod] {
        service == .pgsql ? [.scram, .digest, .password] : [.cachingSHA2, .native, .password]
    }

    /// Warns where no login is possible, and where the password itself may get into wrong hands.
    func noteDatabase(into findings: inout Findings) {
        let place = section.loginMethods?.place ?? section.service?.place ?? section.place
        let isPossible = knownMethods.contains { loginMethods.contains($0) && ($0 != .password || service == .pgsql) }
        guard isPossible else {
            return findings.warning(
                "no server of \(service.rawValue) lets anybody in by these ways, so that none is ever up",
                at: place,
                expected: knownMethods.map(\.rawValue).joined(separator: ", ")
            )
        }
        let isProven = sessionTLS == .yes && shared.verifiesCertificate == true
        guard !isProven, loginMethods.contains(.password), section.password?.isEmpty == false else { return }
        let without = knownMethods.filter { $0 != .password }.map(\.rawValue).joined(separator: ",")
        findings.warning(
            "the password may go to whoever answers for a server, in the clear or with a key of his own",
            at: place,
            expected: "tlsverify=yes, or authmethods=\(without)"
        )
    }
}
