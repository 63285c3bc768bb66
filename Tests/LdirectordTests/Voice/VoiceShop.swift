import Addresses
import Configuration
import Director
import DirectorBench
import IPVS
import TestKit

/// The virtual servers of a history: every kind of name, mail and check.
enum VoiceShop {
    /// Has a name, a comment, mail in all phases, a monitor file, a fallback with its command, and thresholds.
    static let web = Shop.virtual {
        $0.name = "Shop"
        $0.comment = "call Joe"
        $0.mail = MailAlert(recipients: ["a@example.com"], repetition: .seconds(60))
        $0.monitorFile = "/var/log/web"
        $0.standby = Shop.standby
        $0.fallbackCommand = "/bin/alarm -x 'all of it'"
        $0.failureCount = 2
        $0.riseCount = 2
    }

    /// Its servers have the port of the service, and mail has neither name nor comment.
    static let names = virtual(Example.names) {
        $0.realServers = [routed(11), routed(12)]
        $0.isQuiescent = true
        $0.reconciliation = .warn
        $0.mail = MailAlert(recipients: ["b@example.com"])
        $0.fallbackCommand = "/bin/alarm"
    }

    /// Has a name only, and no mail while it runs.
    static let web6 = virtual(Example.web6) {
        let destination = Example.server(9, .ipv6)
        $0.realServers = [
            RealServer(
                destination: destination,
                check: HealthCheck(method: .ping(attempts: 2), target: destination.endpoint, timeout: .seconds(1))
            )
        ]
        $0.reconciliation = .repair
        $0.name = "Six"
        $0.mail = MailAlert(recipients: ["c@example.com"], phases: [.starting, .stopping, .reloading])
        $0.monitorFile = "/var/log/six"
    }

    /// A mark of IPv4 that removes what fails; mail has a comment only.
    static let mark = virtual(Example.mark) {
        $0.realServers = [Shop.server(21, weight: 1)]
        $0.isQuiescent = false
        $0.comment = "not important"
        $0.reconciliation = .off
        $0.mail = MailAlert(recipients: ["d@example.com"], phases: .running)
        $0.fallbackCommand = "/bin/alarm"
    }

    /// A mark of IPv6 without anything.
    static let mark6 = virtual(Example.mark6) {
        let destination = Example.server(22, .ipv6)
        $0.realServers = [
            RealServer(
                destination: destination,
                check: HealthCheck(method: .connect, target: destination.endpoint, timeout: .seconds(1))
            )
        ]
        $0.failureCount = 2
    }

    /// A server for each kind of check, each of whose results is recorded.
    static let recorded = Shop.virtual {
        $0.monitorFile = "/var/log/all"
        $0.realServers = methods.enumerated().map { number, method in
            let destination =
                number == 2
                ? Example.server(9, .ipv6, port: 8080)
                : Destination(
                    endpoint: Example.endpoint("10.2.0.\(number + 1)", 8080),
                    forwarding: number.isMultiple(of: 2) ? .masquerade : number == 1 ? .tunnel : .directRoute,
                    weight: 5
                )
            let target = Endpoint(address: destination.endpoint.address, port: number == 3 ? 8081 : 8080)
            var real = RealServer(
                destination: destination,
                check: HealthCheck(method: method ?? .alwaysDown, target: target, timeout: .seconds(5))
            )
            if method == nil { real.checks = [] }
            return real
        }
        $0.isQuiescent = true
        $0.failureCount = 2
    }

    private static let methods: [HealthCheck.Method?] = {
        let pattern = ContentPattern("a\\.b")
        let credentials = Credentials(login: "joe", password: "secret")
        var request = HTTPRequest(target: "/a::b", host: "shop.example.com")
        request.pattern = ContentPattern("^OK\\d+ : x$")
        let secure = TLSSettings()
        return [
            .connect, .ping(attempts: 1), .negotiate(Negotiation(.http(request))),
            .negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "10.2.0.4")), security: secure)),
            .negotiate(Negotiation(.smtp(startsTLS: false))),
            .negotiate(Negotiation(.pop(credentials))), .negotiate(Negotiation(.pop(nil), security: secure)),
            .negotiate(Negotiation(.imap(nil))), .negotiate(Negotiation(.imap(nil), security: secure)),
            .negotiate(Negotiation(.ftp(credentials, file: "a:b", pattern))),
            .negotiate(Negotiation(.ftp(credentials, file: nil, nil))), .negotiate(Negotiation(.nntp)),
            .negotiate(Negotiation(.ldap(base: "dc=example", nil, pattern))),
            .negotiate(Negotiation(.ldap(base: "", credentials, nil), security: secure)),
            .negotiate(Negotiation(.dns(name: "www.example.com", .udp, pattern))),
            .negotiate(Negotiation(.mysql(credentials, database: "db", query: "SELECT 1"))),
            .negotiate(Negotiation(.postgreSQL(credentials, database: "db", query: nil))),
            .negotiate(Negotiation(.radius(credentials, secret: "s"))),
            .negotiate(Negotiation(.simpleTCP(request: Array("hello\r\n".utf8), pattern))),
            .negotiate(Negotiation(.sip(login: "joe", .udp))), .negotiate(Negotiation(.tls, security: secure)),
            .combined(connections: 2, connectionTimeout: .seconds(1), Negotiation(.http(request))),
            .external(ExternalCheck(program: "/bin/check", arguments: ["x"])),
            .external(ExternalCheck(program: "/usr/bin/perl", arguments: ["x.pl"])), nil, .alwaysDown,
        ]
    }()

    private static func virtual(_ key: ServiceKey, _ change: (inout VirtualServer) -> Void) -> VirtualServer {
        var virtual = VirtualServer(service: VirtualService(key: key, scheduler: "wrr"))
        change(&virtual)
        return virtual
    }

    private static func routed(_ number: UInt8) -> RealServer {
        let destination = Destination(
            endpoint: Example.endpoint("10.2.0.\(number)", 53),
            forwarding: .directRoute,
            weight: 2
        )
        let target = Example.endpoint("10.2.0.\(number)", 5353)
        var real = RealServer(
            destination: destination,
            check: HealthCheck(method: .connect, target: target, timeout: .seconds(1))
        )
        real.port = 5353
        return real
    }
}
