import Addresses
import Configuration
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What holds for a virtual server that says nothing itself.
struct InheritanceTests {
    /// What is set of: negotiatetimeout and checktimeout of the virtual server, of the file.
    @Test(arguments: 0..<16)
    func timeouts(set: Int) throws {
        let values = (0..<4).map { set >> $0 & 1 == 1 ? $0 + 1 : nil }
        var text = ""
        if let value = values[2] { text += "checktimeout=\(value)\n" }
        if let value = values[3] { text += "negotiatetimeout=\(value)\n" }
        text += "virtual=10.0.0.1:80\n    real=10.0.0.2:80 masq\n    checktype=1\n"
        if let value = values[0] { text += "    checktimeout=\(value)\n" }
        if let value = values[1] { text += "    negotiatetimeout=\(value)\n" }
        let check = try #require(try configuration(text).virtualServers.first?.realServers.first?.check)
        let expectedCheck = values[0] ?? values[1] ?? values[2] ?? values[3] ?? 5
        let expectedNegotiation = values[1] ?? values[0] ?? values[3] ?? values[2] ?? 30
        guard case .combined(_, let connection, _) = check.method else { throw CancellationError() }
        #expect(connection == .seconds(expectedCheck))
        #expect(check.timeout == .seconds(expectedNegotiation))
    }

    private static let global = """
        checkinterval=3
        failurecount=4
        risecount=5
        fallbackcommand=/bin/g start
        quiescent=yes
        cleanstop=no
        emailalert=g@example.com
        emailalertfreq=60
        emailalertstatus=running
        smtp=g.example.com
        redirect=no
        tlsverify=yes
        tlscafile=/g.pem
        checkbodylimit=10
        reconcile=off
        checkcount=2

        """

    @Test func fromTheFile() throws {
        let text = Self.global + block(["real=10.0.0.2:80 masq", "service=https", "virtualhost=v"])
        let server = try #require(try configuration(text).virtualServers.first)
        #expect(server.interval == .seconds(3))
        #expect(server.failureCount == 4)
        #expect(server.riseCount == 5)
        #expect(server.fallbackCommand == "/bin/g start")
        #expect(server.isQuiescent)
        #expect(!server.isRemovedAtStop)
        #expect(
            server.mail
                == MailAlert(
                    recipients: ["g@example.com"],
                    repetition: .seconds(60),
                    phases: .running,
                    mailServer: "g.example.com"
                )
        )
        #expect(server.reconciliation == .off)
        var request = HTTPRequest(target: "/", host: "v")
        request.redirects = .no
        request.bodyLimit = 10
        let security = TLSSettings(verifiesCertificate: true, trustedCertificates: "/g.pem", serverName: "v")
        #expect(server.realServers.first?.check.method == .negotiate(Negotiation(.http(request), security: security)))
    }

    @Test func ofItsOwn() throws {
        let own = [
            "fork=yes", "checkinterval=7", "failurecount=1", "risecount=1", "fallbackcommand=\"/bin/v\"",
            "quiescent=no", "cleanstop=yes", "emailalert=v@example.com", "emailalertfreq=0", "emailalertstatus=all",
            "smtp=v.example.com", "redirect=follow", "tlsverify=no", "tlscafile=/v.pem", "checkbodylimit=20",
            "reconcile=repair", "real=10.0.0.2:80 masq", "service=https",
        ]
        let text = Self.global + "fork=yes\n" + block(Array(own.dropFirst()))
        let server = try #require(try configuration(text).virtualServers.first)
        #expect(server.interval == .seconds(7))
        #expect(server.failureCount == 1)
        #expect(server.riseCount == 1)
        #expect(server.fallbackCommand == "/bin/v")
        #expect(!server.isQuiescent)
        #expect(server.isRemovedAtStop)
        #expect(server.mail == MailAlert(recipients: ["v@example.com"], mailServer: "v.example.com"))
        #expect(server.reconciliation == .repair)
        var request = HTTPRequest(target: "/", host: "10.0.0.2")
        request.bodyLimit = 20
        let security = TLSSettings(trustedCertificates: "/v.pem")
        #expect(server.realServers.first?.check.method == .negotiate(Negotiation(.http(request), security: security)))
    }

    @Test func mailIsInheritedPieceByPiece() throws {
        let text = "emailalert=g@example.com\nemailalertfreq=60\n" + block(["emailalertstatus=stopping"])
        let mail = try configuration(text).virtualServers.first?.mail
        #expect(mail == MailAlert(recipients: ["g@example.com"], repetition: .seconds(60), phases: .stopping))
        #expect(try configuration("smtp=x\n" + block([])).virtualServers.first?.mail == nil)
    }

    @Test(
        arguments: [
            ("fallback=10.0.0.9", "", "virtual=10.0.0.1:80", "10.0.0.9:80 3"),
            ("fallback=10.0.0.9:81 masq", "", "virtual=10.0.0.1:80", "10.0.0.9:81 0"),
            ("fallback=10.0.0.9:81 gate", "", "virtual=10.0.0.1:80", "10.0.0.9:80 3"),
            ("fallback=10.0.0.9:http masq", "", "virtual=10.0.0.1:53", "10.0.0.9:80 0"),
            ("fallback=10.0.0.9", "    fallback=10.0.0.8 ipip", "virtual=10.0.0.1:80", "10.0.0.8:80 2"),
            ("fallback6=[fd00::9]:81 masq", "", "virtual6=[fd00::1]:80", "[fd00::9]:81 0"),
            ("fallback6=[fd00::9]", "", "virtual6=[fd00::1]:80", "[fd00::9]:80 3"),
            ("", "    fallback6=web1:http masq", "virtual6=[fd00::1]:8080", "[fd00::11]:80 0"),
            ("fallback=10.0.0.9:81", "", "virtual=7", "10.0.0.9:81 3"),
            ("fallback=10.0.0.9", "", "virtual=7", "10.0.0.9:0 3"),
            ("fallback=sorry masq", "", "virtual=7", "10.0.0.99:0 0"), ("fallback=10.0.0.9", "", "virtual6=7", nil),
            ("fallback6=[fd00::9]", "", "virtual=10.0.0.1:80", nil), ("", "", "virtual=10.0.0.1:80", nil),
        ] as [(String, String, String, String?)]
    )
    func fallbacks(global: String, own: String, first: String, fallback: String?) throws {
        let text = "\(global)\n\(first)\n    checktype=on\n\(own)\n"
        let read = reading(text)
        #expect(read.findings == [])
        let destination = try #require(read.configuration?.virtualServers.first).fallback
        #expect(destination.map { "\($0.endpoint) \($0.forwarding.rawValue)" } == fallback)
        #expect(destination?.weight ?? 1 == 1)
        #expect(destination?.upperThreshold ?? 0 == 0)
    }
}
