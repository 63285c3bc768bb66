import Addresses
import Configuration
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What each directive does to the model.
struct DirectiveTests {
    @Test func aFileThatSaysNothingHasDefaults() throws {
        for text in ["", "\n", "# nothing\n", "   \n\t# nothing"] {
            let read = reading(text)
            #expect(read.diagnostics.isEmpty)
            #expect(read.configuration == DirectorConfiguration())
        }
    }

    @Test func aVirtualServerThatSaysNothingHasDefaults() throws {
        let server = try virtual("real=10.0.0.2:80 gate")
        #expect(server.service.key == .endpoint(.tcp, try endpoint("10.0.0.1", 80)))
        #expect(server.service.scheduler == "wrr")
        #expect(server.service.schedulerFlags == [])
        #expect(server.service.persistence == nil)
        #expect(!server.service.isOnePacket)
        #expect(server.fallback == nil)
        #expect(server.fallbackCommand == nil)
        #expect(!server.isQuiescent)
        #expect(server.isRemovedAtStop)
        #expect(server.interval == .seconds(10))
        #expect(server.failureCount == 1)
        #expect(server.riseCount == 1)
        #expect(server.reconciliation == .restore)
        #expect(server.mail == nil)
        #expect(server.monitorFile == nil)
        #expect(server.name == nil)
        #expect(server.comment == nil)
        #expect(server.place?.line == 1)
        let real = try #require(server.realServers.first)
        let destination = real.destination(in: server.service)
        #expect(destination == Destination(endpoint: try endpoint("10.0.0.2", 80)))
        #expect(real.place?.line == 2)
        #expect(real.hostName == nil)
        #expect(real.check.timeout == .seconds(30))
        #expect(real.check.target == destination.endpoint)
        #expect(real.check.method == .negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "10.0.0.2")))))
    }

    @Test func settingsOfTheWholeFile() throws {
        let read = try configuration(
            """
            autoreload=yes
            callback="/usr/local/bin/sync -v"
            logfile="/var/log/my director.log"
            execute=one.cf
            execute=two.cf
            execute=one.cf
            supervised=yes
            fork=yes
            readdquiescent=yes
            maintenancedir=/etc/maintenance
            emailalertfrom=director@example.com
            """
        )
        var expected = ProcessSettings()
        expected.reloadsOnChange = true
        expected.changeCommand = "/usr/local/bin/sync -v"
        expected.log = .file("/var/log/my director.log")
        expected.companions = ["one.cf", "two.cf"]
        expected.isSupervised = true
        expected.maintenanceDirectory = "/etc/maintenance"
        expected.mailSender = "director@example.com"
        #expect(read.process == expected)
        #expect(read.settings.addsQuiescent)
    }

    @Test func aLogFileWithoutASlashIsAFacility() throws {
        #expect(try configuration("logfile=\"local0\"").process.log == .syslog(facility: "local0"))
        #expect(reading("logfile=\"loacl0\"").findings == ["w 1:9 syslog has no facility loacl0"])
        #expect(reading("logfile=\"\"").findings == ["w 1:9 syslog has no facility "])
    }

    @Test func theLastValueOfTheFileCountsWhereverItStands() throws {
        let server = try #require(
            try configuration("quiescent=yes\nvirtual=1\n\treal=10.0.0.2 gate\nquiescent=no\nquiescent=yes")
                .virtualServers.first
        )
        #expect(server.isQuiescent)
    }

    @Test func serviceOfAVirtualServer() throws {
        let server = try virtual(
            "scheduler=sh",
            "schedflags=sh-fallback,sh-port",
            "persistent=600",
            "netmask=255.255.255.0",
            "protocol=udp",
            "ops=yes",
            of: "virtual=10.0.0.1:514"
        )
        #expect(
            server.service
                == VirtualService(
                    key: .endpoint(.udp, try endpoint("10.0.0.1", 514)),
                    scheduler: "sh",
                    schedulerFlags: [.first, .second],
                    persistence: Persistence(
                        timeout: 600,
                        netmask: .ipv4(try #require(IPv4Address("255.255.255.0")))
                    ),
                    isOnePacket: true
                )
        )
    }

    @Test(
        arguments: [
            ("wlc", "flag-1", SchedulerFlags.first), ("mh", "mh-port", .second),
            ("sh", "flag-3,flag-1", [.first, .third]),
            ("mh", "mh-fallback,mh-port,flag-3", [.first, .second, .third]),
            ("sh", "\"sh-port\"", .second),
        ] as [(String, String, SchedulerFlags)]
    )
    func flagsOfSchedulers(scheduler: String, words: String, flags: SchedulerFlags) throws {
        let server = try virtual("schedflags = \(words) # no more", "scheduler=\(scheduler)")
        #expect(server.service.schedulerFlags == flags)
    }

    @Test func aPrefixLengthForIPv6() throws {
        let server = try virtual("persistent=1", "netmask=64", of: "virtual6=[fd00::1]:80")
        #expect(server.service.persistence == Persistence(timeout: 1, netmask: .ipv6(prefixLength: 64)))
    }

    @Test(
        arguments: [
            ("a@b.c, d@e.f g", ["a@b.c", "d@e.f", "g"]),
            ("\"a@b.c\",\"d@e.f\"", ["a@b.c", "d@e.f"]),
            ("Operators on call <a@b.c>, d@e.f", ["Operators on call <a@b.c>", "d@e.f"]),
        ] as [(String, [String])]
    )
    func recipientsOfMail(text: String, recipients: [String]) throws {
        #expect(try virtual("emailalert=\(text)").mail?.recipients == recipients)
        #expect(reading("emailalert=\(text)").findings == [])
    }

    @Test(arguments: [
        ("\"Web <a@b.c>\"", "Web <a@b.c>"), ("\"Web\" <a@b.c>", "\"Web\" <a@b.c>"), ("a@b.c", "a@b.c"),
    ])
    func theSenderOfMail(text: String, sender: String) throws {
        #expect(try configuration("emailalertfrom=\(text)").process.mailSender == sender)
    }

    @Test func whatIsNoAddressIsTold() {
        let findings = reading("emailalert=a;b@c.d").findings
        #expect(findings == ["w 1:12 a;b@c.d is no address, so that no mail is sent there"])
    }

    @Test func quotationMarksKeepACommandWhole() throws {
        let command = try virtual("fallbackcommand=/bin/x").fallbackCommand
        #expect(command == "/bin/x")
        for line in ["/bin/sh -c 'echo # foo'", "/bin/sh -c \"a # b\" c"] {
            let settings = reading("fallbackcommand=\(line) # no more\n" + block(["real=10.0.0.2:80 gate"]))
            #expect(settings.configuration?.virtualServers.first?.fallbackCommand == line)
        }
    }

    @Test func whatIsToldOfAVirtualServer() throws {
        let server = try virtual(
            "monitorfile=\"/var/log/web log\"",
            "servicename = Web shop",
            "comment=the one, you know # really",
            "fallbackcommand=\"/bin/logger -t x\"",
            "emailalert=\"a@example.com, b@example.com c@example.com\"",
            "emailalertfreq=300",
            "emailalertstatus=running, stopping",
            "smtp=mail.example.com",
            "risecount=3",
            "failurecount=2",
            "reconcile=repair",
            "cleanstop=no",
            "quiescent=yes",
            "real=10.0.0.2:80 gate"
        )
        #expect(server.monitorFile == "/var/log/web log")
        #expect(server.name == "Web shop")
        #expect(server.comment == "the one, you know")
        #expect(server.fallbackCommand == "/bin/logger -t x")
        #expect(
            server.mail
                == MailAlert(
                    recipients: ["a@example.com", "b@example.com", "c@example.com"],
                    repetition: .seconds(300),
                    phases: [.running, .stopping],
                    mailServer: "mail.example.com"
                )
        )
        #expect(server.riseCount == 3)
        #expect(server.failureCount == 2)
        #expect(server.reconciliation == .repair)
        #expect(!server.isRemovedAtStop)
        #expect(server.isQuiescent)
    }

    @Test(
        arguments: [
            ("all", MailAlert.Phases.all), ("none", []), ("", []), ("starting,reloading", [.starting, .reloading]),
            ("running,all", .all), ("none,none", []),
        ] as [(String, MailAlert.Phases)]
    )
    func phasesOfMail(text: String, phases: MailAlert.Phases) throws {
        let server = try virtual("emailalert=a@b", "emailalertstatus=\(text)")
        #expect(server.mail?.phases == phases)
        #expect(server.mail?.repetition == nil)
    }

    @Test(arguments: [
        ("5", Duration.seconds(5)), ("0.5", .milliseconds(500)), ("250ms", .milliseconds(250)), ("5s", .seconds(5)),
        ("1.25 s", .milliseconds(1250)), ("1.5 # short", .milliseconds(1500)), ("010", .seconds(10)),
        ("12.5ms", .microseconds(12500)), ("99999999999999999999", .seconds(Int64(Int32.max))),
    ])
    func times(text: String, time: Duration) throws {
        for line in ["checkinterval=\(text)", "checkinterval \t = \(text)"] {
            let read = reading(line + "\nvirtual=1\n    real=10.0.0.2 gate\n    checktype=connect\n")
            #expect(read.findings.isEmpty)
            #expect(read.configuration?.virtualServers.first?.interval == time)
        }
    }

    @Test(arguments: [("abc7xyz", 7), ("-3", 3), ("5m", 5), ("2 3", 2), ("1.2.3", 1)])
    func theFirstNumberInATextCounts(text: String, seconds: Int) throws {
        let read = reading(
            "checkinterval=\(text)\nvirtual=10.0.0.1:80\n    real=10.0.0.2:80 gate\n    failurecount=\(text)\n"
        )
        #expect(read.configuration?.virtualServers.first?.interval == .seconds(seconds))
        #expect(read.configuration?.virtualServers.first?.failureCount == seconds)
        #expect(read.findings.map { $0.prefix(5) } == ["w 1:1", "w 4:1"])
    }

    @Test func allTimesMayBeBroken() throws {
        let server = try virtual(
            "real=10.0.0.2:80 gate",
            "checktimeout=0.25",
            "negotiatetimeout=1.5s",
            "checkinterval=100ms",
            "checktype=3",
            "emailalert=a",
            "emailalertfreq=2.5"
        )
        #expect(server.interval == .milliseconds(100))
        #expect(server.mail?.repetition == .milliseconds(2500))
        let check = try #require(server.realServers.first?.check)
        #expect(check.timeout == .milliseconds(1500))
        guard case .combined(3, connectionTimeout: .milliseconds(250), _) = check.method else {
            Issue.record("\(check.method)")
            return
        }
    }

    @Test func newDirectivesOfHTTP() throws {
        let server = try real(
            "httpstatus=200-299, 401,403-404",
            "digest=\"D41D8CD98F00B204e9800998ecf8427e\"",
            "redirect=same-host",
            "tlsverify=yes",
            "tlscafile=/etc/ssl/ca.pem",
            "sni=inner.example.com",
            "virtualhost=\"www.example.com:8443\"",
            "checkbodylimit=64k",
            "httpmethod=head",
            "service=https",
            "real=10.0.0.2:8443 masq"
        )
        var request = HTTPRequest(target: "/", host: "www.example.com:8443")
        request.method = .head
        request.statuses = HTTPStatusSet([200...299, 401...401, 403...404])
        request.digest = [
            0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04, 0xe9, 0x80, 0x09, 0x98, 0xec, 0xf8, 0x42, 0x7e,
        ]
        request.redirects = .sameHost
        request.bodyLimit = 65536
        let security = TLSSettings(
            verifiesCertificate: true,
            trustedCertificates: "/etc/ssl/ca.pem",
            serverName: "inner.example.com"
        )
        #expect(server.check.method == .negotiate(Negotiation(.http(request), security: security)))
    }

    @Test(
        arguments: [
            ("", "virtualhost=www.example.com:8443", "www.example.com"), ("sni=\"\"", "virtualhost=a.b", nil),
            ("", "", nil), ("sni=x", "virtualhost=a.b", "x"), ("", "virtualhost=[fd00::1]", nil),
        ] as [(String, String, String?)]
    )
    func theNameForTLS(sni: String, host: String, name: String?) throws {
        let check = try real("service=https", sni, host, "real=10.0.0.2:443 masq").check
        guard case .negotiate(let negotiation) = check.method else { throw CancellationError() }
        #expect(negotiation.security == TLSSettings(serverName: name))
    }
}

/// An endpoint by the text of its address.
func endpoint(_ address: String, _ port: UInt16) throws -> Endpoint {
    Endpoint(address: try #require(IPAddress(address)), port: port)
}
