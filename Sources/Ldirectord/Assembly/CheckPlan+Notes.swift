import Configuration
import IPVS

// Warnings about checks that may not do what their author expects.

extension CheckPlan {
    /// Warns of what the file leads to.
    func note(isForking: Bool, into findings: inout Findings) {
        if let place = section.intervalPlace, !isForking {
            findings.warning(
                "this interval counts",
                at: place,
                note: "ldirectord says: checkinterval in virtual service ignored when fork=no"
            )
        }
        let type = section.checkType.place ?? section.place
        switch section.checkType.value {
        case .external, .externalPerl:
            guard section.checkCommand == nil else { return }
            findings.warning("no checkcommand, so that the servers are always up", at: type)
        case .connect where key.transport == .udp:
            findings.warning("servers of UDP are not connected to but pinged", at: type)
        case .negotiate: noteDialogue(into: &findings)
        case .combined(let connections):
            if connections > 0 { noteCombination(at: type, into: &findings) }
            noteDialogue(into: &findings)
        case .connect, .ping, .on, .off: break
        }
    }

    private func noteCombination(at place: Place, into findings: inout Findings) {
        if key.transport == .udp {
            findings.warning(
                "servers of UDP are not connected to between the dialogues",
                at: place,
                note: "ldirectord pings them instead."
            )
        } else if service == .none {
            findings.warning(
                "there is no dialogue with the service none, only the connections are made",
                at: place,
                note: "ldirectord takes a server for up in between whatever the connections say."
            )
        } else if service == .oracle {
            findings.warning("a program asks an Oracle database, and no connections are made between", at: place)
        }
    }

    private func noteDialogue(into findings: inout Findings) {
        let place = section.service?.place ?? section.place
        if service != .mysql, service != .pgsql {
            for place in [section.startsTLS?.place, section.loginMethods?.place].compactMap({ $0 }) {
                findings.warning("this is for the services mysql and pgsql, and is of no account here", at: place)
            }
        }
        switch service {
        case .none: noteNone(into: &findings)
        case .http, .https: noteHTTP(into: &findings)
        case .httpProxy:
            guard section.request.map({ AbsoluteURL($0.value, family: section.family) == nil }) ?? true,
                section.reals.contains(where: { $0.request == nil })
            else { return noteHTTP(into: &findings) }
            findings.warning(
                "a proxy is asked for a whole URL; without one the servers are always down",
                at: section.request?.place ?? place,
                expected: "request=\"http://HOST/PATH\""
            )
        case .ftp, .sip: noteLogin(into: &findings)
        case .dns:
            if section.request.map({ $0.value == "/" }) ?? true {
                findings.warning("no name is asked for", at: place, expected: "request=\"NAME\"")
            }
            guard section.receive == nil else { return }
            findings.warning(
                "without receive any answer will do",
                at: place,
                note: "ldirectord then takes every server for down."
            )
        case .mysql, .pgsql:
            noteDatabase(into: &findings)
            guard section.login == nil || section.request == nil else { return }
            findings.warning(
                "without a login and a request nothing but the connection is tried",
                at: place,
                note: "ldirectord then takes every server for down."
            )
        case .radius:
            guard section.secret == nil else { return }
            findings.warning("no secret, without which no server answers", at: place, expected: "secret=\"…\"")
        case .oracle:
            guard section.checkCommand == nil else { return }
            findings.warning(
                "an Oracle database is asked by the program \(Self.oracleCommand)",
                at: place,
                expected: "checkcommand with the path of a program"
            )
        case .imap, .imaps, .ldap, .ldaps, .nntp, .pop, .pops, .simpletcp, .smtp, .submission, .tls: break
        }
    }

    private func noteNone(into findings: inout Findings) {
        guard section.service == nil, case .negotiate = section.checkType.value, !section.reals.isEmpty else { return }
        let reason = key.transport == nil ? "a mark" : "port \(key.port)"
        findings.warning(
            "no protocol is known of \(reason), so that the servers are never checked and always up",
            at: section.place,
            expected: "service, or another checktype such as connect"
        )
    }

    private func noteHTTP(into findings: inout Findings) {
        if section.method == .head, section.receive != nil || section.digest != nil {
            findings.warning(
                "an answer to HEAD has no body, so that no server is ever up",
                at: section.receive?.place ?? section.place,
                expected: "httpmethod=GET"
            )
        }
        if service == .https, shared.verifiesCertificate == true, section.nameForTLS == nil {
            findings.warning(
                "tlsverify without a name: only the certificate's issuer is verified",
                at: section.place,
                expected: "virtualhost or sni"
            )
        }
    }

    private func noteLogin(into findings: inout Findings) {
        guard section.service == nil, section.login == nil || service == .ftp && section.password == nil else { return }
        findings.warning(
            service == .ftp
                ? "without login and passwd the servers are asked as anonymous, with the password \(defaultLogin)"
                : "without login the servers are asked as \(defaultLogin)",
            at: section.place,
            note: "ldirectord leaves login and password empty unless service=\(service.rawValue) is written."
        )
    }
}
