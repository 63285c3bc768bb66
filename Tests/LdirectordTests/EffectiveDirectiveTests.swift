import Configuration
import DirectorBench
import Ldirectord
import Testing

/// What `show` prints.
struct EffectiveDirectiveTests {
    private func effective(_ text: String) throws -> EffectiveDirectives {
        try #require(reading(text).effectiveDirectives)
    }

    private func values(_ directives: [EffectiveDirectives.Directive]?) throws -> [String: EffectiveDirectives.Value] {
        Dictionary(uniqueKeysWithValues: try #require(directives).map { ($0.name, $0.value) })
    }

    @Test func everyDirectiveOfTheFileStandsThere() throws {
        let global = try values(try effective("").global)
        #expect(
            global == [
                "checktimeout": .time(.seconds(5)), "negotiatetimeout": .time(.seconds(30)),
                "checkinterval": .time(.seconds(10)), "checkcount": .number(1), "failurecount": .number(1),
                "risecount": .number(1), "fallbackcommand": .absent, "quiescent": .boolean(false),
                "cleanstop": .boolean(true), "emailalert": .list([]), "emailalertfreq": .time(.zero),
                "emailalertstatus": .list(["all"]), "smtp": .absent, "redirect": .string("follow"),
                "tlsverify": .boolean(false), "tlscafile": .absent, "checkbodylimit": .number(1_048_576),
                "schedfallback": .boolean(false), "reconcile": .string("restore"), "fallback": .absent,
                "fallback6": .absent,
                "autoreload": .boolean(false), "callback": .absent, "logfile": .string("/var/log/ldirectord.log"),
                "execute": .list([]), "supervised": .boolean(false), "fork": .boolean(false),
                "readdquiescent": .boolean(false), "emailalertfrom": .absent, "maintenancedir": .absent,
            ]
        )
    }

    @Test func valuesInEffectStandUnderTheirNames() throws {
        let text = """
            checktimeout=3
            fallback=10.0.0.9:81 masq
            emailalertstatus=none
            virtual=10.0.0.1:http
                real=web1->web2:8080 masq 2 l:1 u:3
                real=10.0.0.5:81 gate 4 "x","y" checkport=9
                persistent=60
                netmask=255.255.255.0
                scheduler=sh
                schedflags=sh-port
                httpstatus=200-299,401
                digest=d41d8cd98f00b204e9800998ecf8427e
                virtualhost=v:1
                quiescent=yes
            """
        let effective = try effective(text)
        let virtual = try values(effective.virtuals.first?.directives)
        let expected: [String: EffectiveDirectives.Value] = [
            "virtual": .string("10.0.0.1:80"), "protocol": .string("tcp"), "scheduler": .string("sh"),
            "schedflags": .string("sh-port"), "persistent": .time(.seconds(60)), "netmask": .string("255.255.255.0"),
            "ops": .boolean(false), "checktype": .string("negotiate"), "service": .string("http"),
            "checkport": .absent, "checkcommand": .string("/bin/true"), "request": .string("/"), "receive": .absent,
            "httpmethod": .string("GET"), "httpstatus": .list(["200-299", "401"]),
            "digest": .string("d41d8cd98f00b204e9800998ecf8427e"), "virtualhost": .string("v:1"), "sni": .string("v"),
            "checktimeout": .time(.seconds(3)), "negotiatetimeout": .time(.seconds(3)), "quiescent": .boolean(true),
            "emailalertstatus": .list(["none"]),
        ]
        for (name, value) in expected { #expect(virtual[name] == value, "\(name)") }
        let reals = try #require(effective.virtuals.first?.reals)
        #expect(reals.count == 3)
        #expect(
            try values(reals.first) == [
                "real": .string("10.0.0.11:8080"), "forward": .string("masq"), "weight": .number(2),
                "request": .absent, "receive": .absent, "l": .number(1), "u": .number(3), "checkport": .number(8080),
            ]
        )
        #expect(
            try values(reals.last) == [
                "real": .string("10.0.0.5:81"), "forward": .string("gate"), "weight": .number(4),
                "request": .string("/x"), "receive": .string("y"), "l": .number(0), "u": .number(0),
                "checkport": .number(9),
            ]
        )
        #expect(
            try values(effective.virtuals.first?.fallback) == [
                "fallback": .string("10.0.0.9:81"), "forward": .string("masq"), "weight": .number(1),
            ]
        )
    }

    @Test func marksAndIPv6() throws {
        let effective = try effective("virtual6=5\n    real6=[fd00::2] gate\n    checktype=3\n    service=imap\n")
        let virtual = try values(effective.virtuals.first?.directives)
        #expect(virtual["virtual6"] == .string("5"))
        #expect(virtual["protocol"] == .string("fwm"))
        #expect(virtual["checktype"] == .string("3"))
        #expect(try values(effective.virtuals.first?.reals.first)["real6"] == .string("[fd00::2]:0"))
        #expect(effective.virtuals.first?.fallback == nil)
        #expect(try values(effective.virtuals.first?.reals.first)["checkport"] == .number(143))
        let global = try values(try self.effective("fallback=web1:http\nfallback6=[::1] masq").global)
        #expect(global["fallback"] == .string("10.0.0.11:80 gate"))
        #expect(global["fallback6"] == .string("[::1] masq"))
    }

    @Test func aFileWithAnErrorHasNone() {
        #expect(reading("virtual=\n").effectiveDirectives == nil)
    }
}
