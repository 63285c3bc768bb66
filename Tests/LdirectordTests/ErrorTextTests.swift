import Configuration
import Diagnostics
import Ldirectord
import Testing

/// Every error of a directive by its words and its column.
struct ErrorTextTests {
    @Test(arguments: [
        ("checktimeout=0", "1:14 invalid check timeout value"),
        ("checktimeout=", "1:14 invalid check timeout value"),
        ("checktimeout = none", "1:16 invalid check timeout value"),
        ("negotiatetimeout=0", "1:18 invalid negotiate timeout value"),
        ("checkinterval=0.0", "1:15 invalid check interval value"),
        ("checkinterval=5ms", "1:15 invalid check interval value"),
        ("failurecount=no", "1:14 invalid failure count value"),
        ("risecount=0", "1:11 invalid rise count"),
        ("fallback=10.0.0.1 route", "1:19 forward method must be gate, masq or ipip"),
        ("fallback=nobody:80", "1:10 invalid IPv4 address or could not resolve for fallback server: nobody"),
        ("fallback=10.0.0.300", "1:10 invalid IPv4 address or could not resolve for fallback server: 10.0.0.300"),
        ("fallback=[fd00::1]:80", "1:10 invalid IPv4 address or could not resolve for fallback server: [fd00::1]"),
        ("fallback6=fd00::1", "1:11 invalid IPv6 address or could not resolve for fallback server: fd00:"),
        ("fallback6=10.0.0.1:80", "1:11 invalid IPv6 address or could not resolve for fallback server: 10.0.0.1"),
        ("fallback=10.0.0.1:nothing", "1:10 invalid port for fallback server"),
        ("fallback=10.0.0.1:65536", "1:19 invalid port for fallback server"),
        ("fallbackcommand=", "1:17 invalid fallback command"),
        ("autoreload=maybe", "1:12 autoreload must be 'yes' or 'no'"),
        ("callback=\"/bin/x", "1:10 a quotation mark that nothing closes"),
        ("logfile=", "1:9 no log file named"),
        ("supervised=1", "1:12 supervised must be 'yes' or 'no'"),
        ("fork=", "1:6 fork must be 'yes' or 'no'"),
        ("quiescent=true", "1:11 quiescent must be 'yes' or 'no'"),
        ("readdquiescent=yess", "1:16 readdquiescent must be 'yes' or 'no'"),
        ("emailalert=", "1:12 no email address specified"),
        ("emailalert=\"\"", "1:12 no email address specified"),
        ("emailalertfreq=often", "1:16 invalid email alert frequency"),
        ("emailalertstatus=all, dead", "1:23 invalid email alert status at: \"dead\""),
        ("emailalertstatus=none, all", "1:24 invalid email alert status: \"all\" specified with \"none\""),
        ("emailalertfrom=", "1:16 no email from address specified"),
        ("cleanstop=y", "1:11 cleanstop must be 'yes' or 'no'"),
        ("smtp=", "1:6 invalid SMTP server address"),
        ("smtp=[::1]", "1:6 invalid SMTP server address"),
        ("maintenancedir=", "1:16 maintenance directory not specified"),
        ("timeout=5", "1:1 timeout directive deprecated in favour of checktimeout and negotiatetimeout"),
        ("connecttimeout=5", "1:1 connecttimeout directive deprecated in favour of negotiatetimeout"),
        ("redirect=never", "1:10 redirect must be follow, anywhere, same-host or no"),
        ("reconcile=yes", "1:11 reconcile must be repair, restore, warn or off"),
        ("tlsverify=on", "1:11 tlsverify must be 'yes' or 'no'"),
        ("tlscafile=\"\"", "1:11 no file named"),
        ("checkbodylimit=0", "1:16 invalid number of bytes"),
        ("checkbodylimit=2000M", "1:16 invalid number of bytes"),
        ("checkbodylimit=1MB", "1:16 invalid number of bytes"),
        ("checkbodylimit=M", "1:16 invalid number of bytes"),
        ("chektimeout=5", "1:1 unknown directive chektimeout"),
        ("just words", "1:1 Unknown command"),
        ("=5", "1:1 Unknown command"),
        ("scheduler=wrr", "1:1 scheduler belongs to a virtual server"),
        ("real=10.0.0.1 gate", "1:1 real belongs to a virtual server"),
    ])
    func ofTheWholeFile(line: String, finding: String) {
        let read = reading(line + "\n")
        #expect(read.findings == [finding])
        #expect(read.configuration == nil)
    }

    @Test(arguments: [
        ("checktype=sometimes", CheckTypeText.refusal),
        ("checktype=", CheckTypeText.refusal),
        ("service=gopher", "2:13 " + ServiceText.refusal),
        ("checkport=0", "2:15 checkport must be in range 1..65536"),
        ("checkport=65536", "2:15 checkport must be in range 1..65536"),
        ("checkport=http", "2:15 invalid port"),
        ("checkcommand=", "2:18 invalid check command"),
        ("checkcommand=\"\"", "2:18 invalid check command"),
        ("request=\"\"", "2:13 no request string specified"),
        ("receive=\"\"", "2:13 invalid receive string"),
        ("receive=", "2:13 invalid receive string"),
        ("receive=\"a(b\"", "2:17 invalid pattern: missing closing parenthesis"),
        ("httpmethod=POST", "2:16 httpmethod must be GET, HEAD or OPTIONS"),
        ("login=\"\"", "2:11 invalid login string"),
        ("passwd=\"\"", "2:12 invalid password"),
        ("database=\"\"", "2:14 invalid database"),
        ("secret=\"\"", "2:12 invalid secret"),
        ("load=\"\"", "2:10 invalid string for load testing"),
        ("login=\"me", "2:11 a quotation mark that nothing closes"),
        ("scheduler=123", "2:15 invalid scheduler, should be only lowercase letters (a-z)"),
        ("schedflags=", "2:16 invalid sched-flags"),
        ("persistent=long", "2:16 invalid persistent timeout"),
        ("netmask=24", "2:13 invalid netmask: dotted quad notation is required"),
        ("netmask=255.255.0", "2:13 invalid netmask: dotted quad notation is required"),
        ("protocol=sctp", "2:14 protocol must be tcp or udp if the virtual service is an address and port"),
        ("protocol=fwm", "2:14 protocol must be tcp or udp if the virtual service is an address and port"),
        ("protocol=", "2:14 invalid protocol"),
        ("ops=1", "2:9 ops must be 'yes' or 'no'"),
        ("fallback6=[fd00::1]:80", #"2:5 cannot specify "fallback6" here.  please use "fallback" instead"#),
        ("fallback=10.0.0.1 x", "2:23 forward method must be gate, masq or ipip"),
        ("fallbackcommand=\"\"", "2:21 invalid fallback command"),
        ("quiescent=1", "2:15 quiescent must be 'yes' or 'no'"),
        ("monitorfile=", "2:17 unable to open monitorfile"),
        ("checktimeout=0", "2:18 invalid check timeout"),
        ("negotiatetimeout=x", "2:22 invalid negotiate timeout"),
        ("failurecount=0", "2:18 invalid failure count"),
        ("checkinterval=0", "2:19 invalid checkinterval"),
        ("connecttimeout=3", "2:5 connecttimeout directive deprecated in favour of negotiatetimeout"),
        ("timeout=3", "2:5 timeout directive deprecated in favour of checktimeout and negotiatetimeout"),
        ("emailalert=", "2:16 no email address specified"),
        ("emailalertstatus=dead", "2:22 invalid email alert status at: \"dead\""),
        ("httpstatus=", "2:16 invalid status of HTTP"),
        ("httpstatus=200,99", "2:20 invalid status of HTTP"),
        ("httpstatus=299-200", "2:16 invalid status of HTTP"),
        ("httpstatus=200-", "2:16 invalid status of HTTP"),
        ("httpstatus=1000", "2:16 invalid status of HTTP"),
        ("httpstatus=200,", "2:16 invalid status of HTTP"),
        ("digest=abc", "2:12 invalid digest"),
        ("digest=zz1d8cd98f00b204e9800998ecf8427e", "2:12 invalid digest"),
        ("autoreload=yes", "2:5 autoreload is for the whole file, not for a virtual server"),
        ("shceduler=wrr", "2:5 unknown directive shceduler"),
        ("nothing at all", "2:5 Unknown command"),
        ("request # = 5", "2:5 Unknown command"),
    ])
    func ofAVirtualServer(line: String, finding: String) {
        let read = reading(block([line]))
        #expect(read.findings == [finding])
        #expect(read.configuration == nil)
    }

    @Test func ofMarksAndIPv6() {
        #expect(
            reading(block(["protocol=tcp", "checktype=on"], of: "virtual=7")).findings
                == ["2:14 protocol must be fwm if the virtual service is a fwmark (a number)"]
        )
        #expect(reading(block(["protocol=fwm", "checktype=on"], of: "virtual=7")).findings == [])
        for mask in ["0", "129", "255.255.255.0", "+5", ""] {
            #expect(
                reading(block(["netmask=\(mask)", "checktype=on"], of: "virtual6=[fd00::1]:80")).findings
                    == ["2:13 invalid netmask: a prefix length between 1 and 128 is required"]
            )
        }
        #expect(
            reading(block(["fallback=10.0.0.1", "checktype=on"], of: "virtual6=[fd00::1]:80")).findings
                == [#"2:5 cannot specify "fallback" here.  please use "fallback6" instead"#]
        )
    }

    @Test func everyErrorOfAFileIsReportedInOneRun() {
        let text = """
            checktimeout=0
            virtual=10.0.0.1:80
                real=10.0.0.2:80 gates
                schduler=wrr
                receive="("
            virtual=10.0.0.2
                real=nobody:80 gate
            autorelaod=yes
            fallback=nobody
            """
        #expect(
            reading(text).findings == [
                "1:14 invalid check timeout value",
                "3:22 forward method must be gate, masq or ipip",
                "4:5 unknown directive schduler",
                "5:15 invalid pattern: missing closing parenthesis",
                "6:9 a virtual address without a port",
                "8:1 unknown directive autorelaod",
                "9:10 invalid IPv4 address or could not resolve for fallback server: nobody",
            ]
        )
    }

    @Test(
        arguments: [
            ("chektimeout=1", "checktimeout"), ("Quiescent=yes", "quiescent"), ("virtula=1", "virtual"),
            ("readquiescent=yes", "readdquiescent"), ("fallbak=10.0.0.1", "fallback"),
            ("    chektype=on", "checktype"), ("    recieve=\"x\"", "receive"), ("    rael=10.0.0.2 gate", "real"),
            ("    passwrd=\"x\"", "passwd"), ("    virtual_host=\"x\"", "virtualhost"), ("    xyz=1", nil),
            ("o=1", nil),
        ] as [(String, String?)]
    )
    func aMisspeltDirectiveIsGuessed(line: String, guess: String?) throws {
        let text = line.hasPrefix(" ") ? "virtual=10.0.0.1:80\n" + line : line
        let found = try #require(reading(text).diagnostics.first)
        #expect(found.message.hasPrefix("unknown directive"))
        #expect(found.expected == guess)
        #expect(found.note?.hasPrefix("ldirectord says: Unknown command") == true)
    }

    @Test func aDiagnosticShowsAll() throws {
        let found = try #require(reading("virtual=10.0.0.1:80\n\tchektype = connect\n").diagnostics.first)
        #expect(
            found.description == """
                cf:2:2: unknown directive chektype; expected checktype
                    ␉chektype = connect
                     ^~~~~~~~
                    ldirectord says: Unknown command "␉chektype = connect"
                """
        )
    }

    @Test func aValueThatIsNoTextIsNamed() {
        let bytes = Array("virtual=10.0.0.1:80\n    login=\"".utf8)
        #expect(reading(bytes + [0xff, 0x22, 0x0a]).findings == ["2:12 a value that is not UTF-8"])
        #expect(reading(bytes + [0x00, 0x22, 0x0a]).findings == ["2:12 a NUL byte in a value"])
    }

    @Test func bytesThatAreNoTextAreLatin1ForPeopleAndBytesInPatterns() throws {
        var text = Array(block(["real=10.0.0.2:80 gate", "comment=caf?", "receive=\"caf?\\?\""]).utf8)
        for index in text.indices where text[index] == UInt8(ascii: "?") { text[index] = 0xe9 }
        let read = reading(text)
        #expect(read.findings == ["w 3:13 a value that is not UTF-8, taken for Latin-1"])
        let server = try #require(read.configuration?.virtualServers.first)
        #expect(server.comment == "café")
        let directives = try #require(read.effectiveDirectives?.virtuals.first?.directives)
        #expect(directives.first { $0.name == "receive" }?.value == .string("caf\\xe9\\xe9"))
    }
}

private enum CheckTypeText {
    static let refusal =
        #"2:15 checktype must be "connect", "negotiate", "on", "off", "ping", "external", "external-perl" or a "#
        + "positive number"
}

private enum ServiceText {
    static let refusal =
        "service must be dns, ftp, http, https, http_proxy, imap, imaps, ldap, ldaps, mysql, nntp, none, oracle, pop, "
        + "pops, radius, pgsql, simpletcp, sip, smtp, submission or tls"
}
