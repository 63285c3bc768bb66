import Addresses
import Configuration
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What is asked of servers.
struct CheckTests {
    @Test(arguments: [
        (21, "ftp"), (25, "smtp"), (53, "dns"), (80, "http"), (110, "pop"), (119, "nntp"), (143, "imap"),
        (389, "ldap"), (443, "https"), (587, "submission"), (636, "ldaps"), (993, "imaps"), (995, "pops"),
        (1521, "oracle"), (1812, "radius"), (3128, "http_proxy"), (3306, "mysql"), (5060, "sip"), (5432, "pgsql"),
        (8080, "none"),
    ])
    func thePortOfAServiceTellsItsProtocol(port: Int, service: String) throws {
        let text = block(["real=10.0.0.2:1 masq", "secret=\"x\""], of: "virtual=10.0.0.1:\(port)")
        let effective = try #require(reading(text).effectiveDirectives)
        let directives = try #require(effective.virtuals.first).directives
        #expect(directives.first { $0.name == "service" }?.value == .string(service))
        guard service != "none" else { return }
        // A server without a port is asked at that of the protocol.
        let check = try real("real=10.0.0.2 masq", "service=\(service)", of: "virtual=9").check
        #expect(check.target.port == UInt16(port))
    }

    @Test func checkTypes() throws {
        func method(_ type: String, _ more: String = "", of first: String = "virtual=10.0.0.1:80") throws
            -> HealthCheck.Method?
        {
            try real("real=10.0.0.2:81 masq", "checktype=\(type)", more, of: first).checks.first?.probe.method
        }
        let negotiation = Negotiation(.http(HTTPRequest(target: "/", host: "10.0.0.2")))
        #expect(try method("negotiate") == .negotiate(negotiation))
        #expect(try method("connect") == .connect)
        #expect(try method("connect # only") == .connect)
        #expect(try method("connect or so") == .connect)
        #expect(try method("connect", of: "virtual=10.0.0.1:53") == .ping(attempts: 1))
        #expect(try method("connect", of: "virtual=5") == .connect)
        #expect(try method("ping", "checkcount=3") == .ping(attempts: 3))
        #expect(try method("on") == nil)
        #expect(try method("off") == .alwaysDown)
        #expect(try method("0") == .negotiate(negotiation))
        #expect(try method("4") == .combined(connections: 4, connectionTimeout: .seconds(5), negotiation))
        #expect(try method("ping5") == .combined(connections: 5, connectionTimeout: .seconds(5), negotiation))
        #expect(try method("5", "service=none") == .connect)
        #expect(try method("negotiate", "service=none") == nil)
        #expect(try method("negotiate", of: "virtual=10.0.0.1:8080") == nil)
        #expect(try method("negotiate", of: "virtual=5") == nil)
        #expect(
            try method("external", "checkcommand=\"/bin/check\"")
                == .external(ExternalCheck(program: "/bin/check", arguments: ["10.0.0.1", "80", "10.0.0.2", "81"]))
        )
        #expect(
            try method("external-perl", "checkcommand=/bin/x.pl", of: "virtual=5")
                == .external(
                    ExternalCheck(.perlFile, program: "/bin/x.pl", arguments: ["5", "0", "10.0.0.2", "81"])
                )
        )
        #expect(
            try method("external")
                == .external(ExternalCheck(program: "/bin/true", arguments: ["10.0.0.1", "80", "10.0.0.2", "81"]))
        )
        let sixth = try real("real6=[fd00::2]:81 masq", "checktype=external", of: "virtual6=[fd00::1]:80").check
        #expect(
            sixth.method
                == .external(ExternalCheck(program: "/bin/true", arguments: ["[fd00::1]", "80", "[fd00::2]", "81"]))
        )
    }

    @Test(arguments: [
        ("connect", "", Duration.seconds(2)), ("ping", "", .seconds(2)), ("ping", "checkcount=4", .seconds(8)),
        ("external", "", .seconds(2)), ("negotiate", "", .seconds(7)), ("3", "", .seconds(7)),
        ("negotiate", "service=ldap", .seconds(2)), ("negotiate", "service=ldaps", .seconds(2)),
        ("negotiate", "service=radius", .seconds(2)), ("negotiate", "service=sip", .seconds(7)),
        ("negotiate", "service=simpletcp", .seconds(7)),
    ])
    func timeLimits(type: String, more: String, limit: Duration) throws {
        let check = try real(
            "real=10.0.0.2:80 masq",
            "checktype=\(type)",
            more,
            "checktimeout=2",
            "negotiatetimeout=7"
        ).check
        #expect(check.timeout == limit)
    }

    @Test(arguments: [
        ("10.0.0.2:8080", "", "", 8080), ("10.0.0.2", "", "", 80), ("10.0.0.2:8080", "checkport=9", "", 9),
        ("10.0.0.2", "", "service=imap", 143), ("10.0.0.2", "", "service=none\n    checktype=connect", 0),
        ("10.0.0.2", "", "service=simpletcp", 0),
    ])
    func thePortToCheck(server: String, port: String, service: String, number: UInt16) throws {
        let check = try real("real=\(server) masq", port, service).check
        #expect(check.target.port == number)
    }

    @Test(arguments: [
        ("smtp", Negotiation(.smtp(startsTLS: false))),
        ("submission", Negotiation(.smtp(startsTLS: true), security: TLSSettings(serverName: "v"))),
        ("pop", Negotiation(.pop(Credentials(login: "l", password: "p")))),
        ("pops", Negotiation(.pop(Credentials(login: "l", password: "p")), security: TLSSettings(serverName: "v"))),
        ("imap", Negotiation(.imap(Credentials(login: "l", password: "p")))),
        ("imaps", Negotiation(.imap(Credentials(login: "l", password: "p")), security: TLSSettings(serverName: "v"))),
        ("ftp", Negotiation(.ftp(Credentials(login: "l", password: "p"), file: "/q\\nr", ContentPattern("x.y")))),
        ("nntp", Negotiation(.nntp)),
        ("ldap", Negotiation(.ldap(base: "q\\nr", Credentials(login: "l", password: "p"), ContentPattern("x.y")))),
        (
            "ldaps",
            Negotiation(
                .ldap(base: "q\\nr", Credentials(login: "l", password: "p"), ContentPattern("x.y")),
                security: TLSSettings(serverName: "v")
            )
        ),
        ("dns", Negotiation(.dns(name: "q\\nr", .tcp, ContentPattern("x.y")))),
        ("mysql", Negotiation(.mysql(Credentials(login: "l", password: "p"), database: "d", query: "q\\nr"))),
        (
            "pgsql",
            optional(
                Negotiation(
                    .postgreSQL(Credentials(login: "l", password: "p"), database: "d", query: "q\\nr"),
                    security: TLSSettings(serverName: "v")
                )
            )
        ),
        ("radius", Negotiation(.radius(Credentials(login: "l", password: "p"), secret: "s"))),
        ("simpletcp", Negotiation(.simpleTCP(request: Array("q\nr".utf8), ContentPattern("x.y")))),
        ("sip", Negotiation(.sip(login: "l", .tcp))),
        ("tls", Negotiation(.tls, security: TLSSettings(serverName: "v"))),
    ])
    func dialogues(service: String, negotiation: Negotiation) throws {
        let check = try real(
            "service=\(service)",
            "real=10.0.0.2:99 masq",
            "login=\"l\"",
            "passwd=\"p\"",
            "database=\"d\"",
            "secret=\"s\"",
            "request=\"q\\nr\"",
            "receive=\"x.y\"",
            "virtualhost=v"
        ).check
        #expect(check.method == .negotiate(negotiation))
        #expect(check.target.port == 99)
    }

    @Test(arguments: [
        ("smtp", Negotiation(.smtp(startsTLS: false))), ("pop", Negotiation(.pop(nil))),
        ("imap", Negotiation(.imap(nil))),
        ("ftp", Negotiation(.ftp(Credentials(login: "anonymous", password: "ldirectord@director"), file: nil, nil))),
        ("ldap", Negotiation(.ldap(base: "", nil, nil))), ("dns", Negotiation(.dns(name: "", .udp, nil))),
        ("mysql", Negotiation(.mysql(Credentials(login: "", password: ""), database: "", query: nil))),
        ("radius", Negotiation(.radius(Credentials(login: "", password: ""), secret: ""))),
        ("simpletcp", Negotiation(.simpleTCP(request: [], nil))),
        ("sip", Negotiation(.sip(login: "ldirectord@director", .udp))),
    ])
    func dialoguesOfAFileThatSaysNothing(service: String, negotiation: Negotiation) throws {
        let check = try real("service=\(service)", "protocol=udp", "real=10.0.0.2 masq").check
        #expect(check.method == .negotiate(negotiation))
    }

    private static func optional(_ negotiation: Negotiation) -> Negotiation {
        var negotiation = negotiation
        negotiation.isSecurityOptional = true
        return negotiation
    }

    @Test(arguments: [
        ("mysql", "", "", false, false), ("mysql", "starttls=no", "tlsverify=yes", false, false),
        ("mysql", "starttls=offered", "", true, true), ("mysql", "starttls = Yes", "", true, false),
        ("mysql", "", "tlsverify=yes", true, false), ("mysql", "starttls=offered", "tlsverify=yes", true, false),
        ("pgsql", "", "", true, true), ("pgsql", "starttls=no", "", false, false),
        ("pgsql", "starttls=yes", "", true, false),
        ("pgsql", "", "tlsverify=yes", true, false), ("pgsql", "starttls=no", "tlsverify=yes", false, false),
    ])
    func databasesAreAskedInTLS(service: String, line: String, verifies: String, isSecure: Bool, isOptional: Bool)
        throws
    {
        let check = try real("service=\(service)", "real=10.0.0.2 masq", line, verifies).check
        guard case .negotiate(let negotiation) = check.method else {
            Issue.record("no dialogue")
            return
        }
        #expect((negotiation.security != nil) == isSecure)
        #expect(negotiation.isSecurityOptional == isOptional)
        #expect(negotiation.security.map(\.verifiesCertificate) ?? false == (isSecure && !verifies.isEmpty))
    }

    @Test(
        arguments: [
            ("service=mysql", [], "tlsverify=yes, or authmethods=caching_sha2_password,mysql_native_password"),
            ("service=mysql", ["authmethods=mysql_native_password, password"], "tlsverify=yes"),
            ("service=mysql", ["starttls=yes"], "tlsverify=yes"),
            ("service=mysql", ["starttls=no", "tlsverify=yes"], "tlsverify=yes"),
            ("service=mysql", ["authmethods=mysql_native_password"], nil), ("service=mysql", ["tlsverify=yes"], nil),
            ("service=mysql", ["authmethods=scram-sha-256"], "that none is ever up"),
            ("service=mysql", ["authmethods=password"], "that none is ever up"),
            ("service=pgsql", [], "tlsverify=yes, or authmethods=scram-sha-256,md5"),
            ("service=pgsql", ["authmethods=SCRAM-SHA-256,md5"], nil), ("service=pgsql", ["tlsverify=yes"], nil),
            ("service=pgsql", ["authmethods=password"], "tlsverify=yes"),
            ("service=pgsql", ["authmethods=password", "tlsverify=yes"], nil),
            ("service=pgsql", ["authmethods=caching_sha2_password"], "that none is ever up"),
            ("service=imap", ["authmethods=md5"], "is of no account here"),
            ("service=imap", ["starttls=yes"], "is of no account here"),
        ] as [(String, [String], String?)]
    )
    func wherePasswordsMayGetIntoWrongHands(service: String, lines: [String], words: String?) {
        let database = ["login=\"l\"", "passwd=\"p\"", "request=\"SELECT 1\"", "real=10.0.0.2 masq"]
        let read = reading(block([service] + lines + database))
        #expect(read.findings.count == (words == nil ? 0 : 1))
        let text = read.diagnostics.map { "\($0)" }.joined()
        if let words { #expect(text.contains(words)) }
    }

    @Test(arguments: ["starttls=no", "authmethods=md5"])
    func directivesOfDatabasesAreNew(line: String) {
        let name = line.prefix { $0 != "=" }
        let read = reading(block(["service=pgsql", line]), isStrict: true)
        #expect(read.findings.contains("3:5 ldirectord has no directive \(name)"))
    }

    @Test(arguments: [
        ("authmethods=md4", "2:17 not a way of authentication"),
        ("authmethods=md5,password2", "2:21 not a way of authentication"),
        ("starttls=always", "2:14 starttls must be no, offered or yes"),
    ])
    func waysThatAreNone(line: String, finding: String) {
        #expect(reading(block([line])).findings.contains { $0.contains(finding) })
    }

    @Test(arguments: [
        ("OPTIONS", "*", "*"), ("options", "/*", "*"), ("OPTIONS", "/x", "/x"), ("GET", "*", "/*"),
        ("OPTIONS", "", "/"),
    ])
    func optionsMayBeOfTheServerItself(method: String, request: String, target: String) throws {
        let lines = ["service=http", "httpmethod=\(method)", "real=10.0.0.2 masq"]
        let check = try real(lines[0], lines[1], lines[2], request.isEmpty ? "" : "request=\"\(request)\"").check
        guard case .negotiate(let negotiation) = check.method, case .http(let asked) = negotiation.dialogue else {
            Issue.record("no dialogue")
            return
        }
        #expect(asked.target == target)
        #expect(asked.method.rawValue == method.uppercased())
    }

    @Test func ofLoginAndPasswordALDAPServerWantsBoth() throws {
        let check = try real("service=ldap", "login=\"l\"", "real=10.0.0.2 masq").check
        #expect(check.method == .negotiate(Negotiation(.ldap(base: "", nil, nil))))
    }

    @Test func sipOfMarksGoesOverTCP() throws {
        let check = try real("service=sip", "login=\"l\"", "real=10.0.0.2 masq", of: "virtual=4").check
        #expect(check.method == .negotiate(Negotiation(.sip(login: "l", .tcp))))
    }

    @Test(arguments: [
        ("http", "virtualhost=\"a b\" c", "a b", "/"), ("http", "virtualhost=www # x", "www", "/"),
        ("http", "virtualhost=\"\"", "10.0.0.2", "/"), ("http", "request=\"index.html\"", "10.0.0.2", "/index.html"),
        ("http", "request=\"http://x/y\"", "10.0.0.2", "/http://x/y"),
        ("http_proxy", "request=\"http://x.example.com:81/y\"", "x.example.com:81", "http://x.example.com:81/y"),
    ])
    func requests(service: String, line: String, host: String, target: String) throws {
        let check = try real("service=\(service)", line, "real=10.0.0.2:80 masq").check
        #expect(check.method == .negotiate(Negotiation(.http(HTTPRequest(target: target, host: host)))))
        #expect(check.target.description == "10.0.0.2:80")
    }

    @Test func aServerOfIPv6IsItsOwnHostInBrackets() throws {
        let check = try real("real6=[fd00::2]:80 masq", of: "virtual6=[fd00::1]:80").check
        #expect(check.method == .negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "[fd00::2]")))))
    }

    @Test func aProxyNeedsAWholeURL() {
        let read = reading(block(["service=http_proxy", "real=10.0.0.2:3128 masq"]))
        #expect(read.findings == ["w 2:13 a proxy is asked for a whole URL; without one the servers are always down"])
        #expect(read.configuration?.virtualServers.first?.realServers.first?.check.method == .alwaysDown)
    }

    @Test func anOracleDatabaseIsAskedByAProgram() throws {
        let check = try real(
            "service=oracle",
            "checkcommand=/opt/ask",
            "login=\"l\"",
            "passwd=\"p\"",
            "database=\"d\"",
            "request=\"select 1\"",
            "real=10.0.0.2 masq"
        ).check
        var program = ExternalCheck(program: "/opt/ask", arguments: ["10.0.0.1", "80", "10.0.0.2", "1521"])
        program.environment = [
            "CHECK_LOGIN": "l", "CHECK_PASSWORD": "p", "CHECK_DATABASE": "d", "CHECK_REQUEST": "select 1",
        ]
        program.secret = "p"
        #expect(check.method == .external(program))
        #expect(check.timeout == .seconds(30))
    }

    @Test(arguments: [
        (
            ["real=10.0.0.2:1 masq"], "virtual=10.0.0.1:8080",
            ["w 1:9 no protocol is known of port 8080, so that the servers are never checked and always up"]
        ),
        (
            ["real=10.0.0.2:1 masq"], "virtual=5",
            ["w 1:9 no protocol is known of a mark, so that the servers are never checked and always up"]
        ),
        (["real=10.0.0.2:1 masq", "service=none"], "virtual=5", []),
        (
            ["real=10.0.0.2:1 masq"], "virtual=10.0.0.1:21",
            ["w 1:9 without login and passwd the servers are asked as anonymous, with the password ldirectord@director"]
        ),
        (["real=10.0.0.2:1 masq", "login=\"x\"", "passwd=\"y\""], "virtual=10.0.0.1:21", []),
        (["real=10.0.0.2:1 masq", "service=ftp"], "virtual=10.0.0.1:21", []),
        (
            ["real=10.0.0.2:1 masq"], "virtual=10.0.0.1:5060",
            ["w 1:9 without login the servers are asked as ldirectord@director"]
        ),
        (["service=dns", "request=\"x\""], "virtual=10.0.0.1:53", ["w 2:13 without receive any answer will do"]),
        (["service=dns", "receive=\"x\""], "virtual=10.0.0.1:53", ["w 2:13 no name is asked for"]),
        (
            ["service=mysql"], "virtual=10.0.0.1:80",
            ["w 2:13 without a login and a request nothing but the connection is tried"]
        ),
        (["service=radius"], "virtual=10.0.0.1:80", ["w 2:13 no secret, without which no server answers"]),
        (
            ["service=oracle"], "virtual=10.0.0.1:80",
            ["w 2:13 an Oracle database is asked by the program /usr/lib/directrix/check-oracle"]
        ),
        (
            ["httpmethod=HEAD", "receive=\"x\""], "virtual=10.0.0.1:80",
            ["w 3:14 an answer to HEAD has no body, so that no server is ever up"]
        ),
        (
            ["service=https", "tlsverify=yes"], "virtual=10.0.0.1:80",
            ["w 1:9 tlsverify without a name: only the certificate's issuer is verified"]
        ),
        (["checktype=external"], "virtual=10.0.0.1:80", ["w 2:15 no checkcommand, so that the servers are always up"]),
        (
            ["checkcommand=\"/bin/x y\"", "checktype=external"], "virtual=10.0.0.1:80",
            ["w 2:18 the whole text is the path of a program, which is given no arguments of its own"]
        ),
        (["checktype=connect"], "virtual=10.0.0.1:53", ["w 2:15 servers of UDP are not connected to but pinged"]),
        (
            ["checktype=5", "service=none"], "virtual=10.0.0.1:80",
            ["w 2:15 there is no dialogue with the service none, only the connections are made"]
        ),
        (
            ["checktype=5", "service=sip"], "virtual=10.0.0.1:53",
            ["w 2:15 servers of UDP are not connected to between the dialogues"]
        ),
        (["checktype=ping5"], "virtual=10.0.0.1:80", ["w 2:15 the number counts: after each dialogue 5 connections"]),
        (["checkinterval=5"], "virtual=10.0.0.1:80", ["w 2:5 this interval counts"]),
        (["ops=yes"], "virtual=10.0.0.1:80", ["w 2:9 ops does nothing but with UDP"]),
        (["netmask=255.0.0.0"], "virtual=10.0.0.1:80", ["w 2:13 netmask does nothing without persistent"]),
        (["persistent=5m"], "virtual=10.0.0.1:80", ["w 2:16 only the number counts: 5 seconds"]),
        (["persistent=5s"], "virtual=10.0.0.1:80", []),
    ])
    func traps(lines: [String], first: String, findings: [String]) {
        let read = reading(block(lines, of: first))
        #expect(read.findings == findings)
        #expect(read.configuration != nil)
    }

    @Test func anIntervalOfItsOwnIsNoSurpriseWithFork() {
        #expect(reading("fork=yes\n" + block(["checkinterval=5"])).findings == [])
    }
}
