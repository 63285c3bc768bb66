import Addresses
import Configuration
import Diagnostics
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// Words of other programs get the word that helps.
struct CounselTests {
    @Test(arguments: [
        ("nat", "masq"), ("NAT", "masq"), ("dr", "gate"), ("DR", "gate"), ("tun", "ipip"), ("TUN", "ipip"),
        ("route", "gate"),
        ("masquerade", "masq"), ("tunnel", "ipip"), ("-g", "gate"), ("-m", "masq"), ("-i", "ipip"), ("Gate", "gate"),
        ("MASQ", "masq"), ("mask", "masq"), ("gatee", "gate"), ("ippip", "ipip"),
    ])
    func forwarding(word: String, meant: String) {
        for line in ["real=10.0.0.2:80 \(word)", "fallback=10.0.0.2:80 \(word)"] {
            #expect(reading(block([line])).diagnostics.first?.note == "Is it \(meant)?", "\(line)")
        }
    }

    @Test(arguments: [
        ("checktype=Connect", "Is it connect?"), ("checktype=TCP", "Is it connect?"),
        ("checktype=negociate", "Is it negotiate?"),
        ("checktype=http", "Is it negotiate with service=http?"), ("checktype=external_perl", "Is it external-perl?"),
        ("checktype=icmp", "Is it ping?"), ("protocol=TCP", "Is it tcp?"), ("protocol=Udp", "Is it udp?"),
        ("service=HTTP", "Is it http?"), ("service=postgresql", "Is it pgsql?"),
        ("service=http-proxy", "Is it http_proxy? ldirectord takes it for http."),
        ("service=tcp", "Is it checktype=connect?"), ("quiescent=true", "Is it yes?"), ("cleanstop=0", "Is it no?"),
        ("real=10.0.0.2:80 gate weight=3", "The weight is a number alone."),
        ("real=10.0.0.2:80 weight=3 gate", "The weight is a number alone."),
        ("real=10.0.0.2:80 3 gate", "The weight stands behind gate, masq or ipip."),
        ("real=10.0.0.2:80 gate maxconn=5", "The upper threshold is u:N."),
    ])
    func values(line: String, note: String) {
        #expect(reading(block([line])).diagnostics.first?.note == note)
    }

    @Test(arguments: [
        ("sorry_server=10.0.0.9:80", "fallback"), ("real_server 10.0.0.2 80", "real"), ("lb_algo wrr", "scheduler"),
        ("lb_kind DR", "gate, masq or ipip behind the address of real"), ("delay_loop=6", "checkinterval"),
        ("persistence_timeout 50", "persistent"),
        ("weight=1", "a number behind gate, masq or ipip in the line of real"),
        ("password=\"x\"", "passwd"), ("balance roundrobin", "scheduler"), ("checktimeout 5", "checktimeout=5"),
        ("checktimeout: 5", "checktimeout=5"), ("recieve=\"x\"", "receive"), ("misc_path=/x", "checkcommand"),
        ("retry=3", "failurecount"), ("rise=2", "risecount"), ("server web1 10.0.0.2:80", "real"),
    ])
    func directives(line: String, expected: String) {
        let found = reading(block([line])).diagnostics
        #expect(found.map(\.expected) == [expected])
        #expect(found.first?.severity == .error)
    }

    @Test(arguments: [
        (
            "virtual=10.0.0.0/24:80", "a prefix is no address of a virtual server",
            "one address, 10.0.0.0:80, or the number of a firewall mark"
        ),
        ("virtual=10.0.0.1 80", "a virtual address without a port", "10.0.0.1:80, or the number of a firewall mark"),
        ("virtual=http://10.0.0.1:80/", "invalid address for virtual server: a URL", "ADDRESS:PORT or a firewall mark"),
        (
            "virtual=-t 10.0.0.1:80", "invalid address for virtual server: no options of ipvsadm stand here",
            "ADDRESS:PORT or a firewall mark"
        ),
        (
            "virtual=tcp:10.0.0.1:80", "invalid address for virtual service: tcp is no host",
            "ADDRESS:PORT, and protocol=tcp in a line of its own"
        ),
        ("virtual=fwm:7", "invalid address for virtual service: fwm is no host", "the number of the mark alone"),
        (
            "virtual=10.0.0.1:80-90", "invalid address for virtual service: a range of ports",
            "one port; several go by a firewall mark, or port 0 with persistent"
        ),
        (
            "virtual=10.0.0.1:80,443", "only one port counts, and nothing from here on",
            "one port; several go by a firewall mark, or port 0 with persistent"
        ),
        ("virtual=10.0.0.1:53/udp", "nothing from here on counts", "protocol=udp in a line of its own"),
        (
            "virtual=*:80",
            "invalid address for virtual server: a service has one address, and several go by a firewall mark",
            "ADDRESS:PORT or a firewall mark"
        ),
    ])
    func identities(line: String, message: String, expected: String) {
        let found = reading("\(line)\n    checktype=on\n").diagnostics.filter {
            $0.message != "this is the address 0.0.0.80"
        }
        #expect(found.first?.message == message)
        #expect(found.first?.expected == expected)
    }

    @Test(arguments: [
        ("http://www.example.org/", "www.example.org"), ("https://www.example.org", "www.example.org"),
        ("\"http://www.example.org:8080/x\"", "www.example.org:8080"), ("www.example.org/path", "www.example.org"),
    ])
    func aURLAsVirtualHostIsItsHost(text: String, host: String) {
        let read = reading(block(["virtualhost=\(text)"]))
        let value = read.effectiveDirectives?.virtuals.first?.directives.first { $0.name == "virtualhost" }?.value
        #expect(value == .string(host))
        #expect(read.diagnostics.map(\.message) == ["virtualhost is a host, and no URL or path"])
    }

    /// What follows a comma or a slash is no host of ldirectord's own finding.
    @Test(arguments: ["10.0.0.2:80,443 gate", "10.0.0.2/32:80 gate"])
    func aServerThatIsNoneIsLeftOut(value: String) {
        let read = reading(block(["real=\(value)", "real=10.0.0.3:80 gate"]))
        #expect(
            read.configuration?.virtualServers.first?.destinations.map(\.endpoint.description) == [
                "10.0.0.3:80"
            ]
        )
        #expect(read.diagnostics.map(\.severity) == [.warning])
    }

    @Test(arguments: [
        ("roundrobin", "rr"), ("least-connection", "lc"), ("maglev", "mh"), ("leastconn", "lc"), ("source", "sh"),
    ])
    func schedulers(word: String, meant: String) {
        let found = reading(block(["scheduler=\(word)"])).diagnostics
        #expect(found.last?.message.hasPrefix("Linux has no scheduler ") == true)
        #expect(found.last?.expected == meant)
    }

    @Test(arguments: [
        ("global_defs {\n}\nvirtual_server 10.0.0.1 80 {\n    lb_kind DR\n}\n", "this is a file of keepalived"),
        (
            "! Configuration File for keepalived\nvrrp_instance VI_1 {\n  state MASTER\n}\n",
            "this is a file of keepalived"
        ),
        ("virtual_server 10.0.0.1 80 {\n  real_server 10.0.0.2 80 {\n  }\n}\n", "this is a file of keepalived"),
        ("global\n    daemon\ndefaults\n    mode http\nfrontend web\n    bind *:80\n", "this is a file of HAProxy"),
        ("listen web 10.0.0.1:80\n", "unknown"), ("listen web\n  bind :80\n", "this is a file of HAProxy"),
        ("user nginx;\nhttp {\n  upstream web {\n  }\n}\n", "this is a file of nginx"),
        (
            "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -g\n",
            "these are rules of ipvsadm, which ipvsadm-restore reads"
        ),
        ("ipvsadm -A -t 10.0.0.1:80 -s rr\n", "these are rules of ipvsadm, which ipvsadm-restore reads"),
        (
            "serial_no = 12\nprimary = 10.0.0.1\nvirtual web {\n  address = 10.0.0.2 eth0:1\n}\n",
            "this is a file of piranha (lvs.cf)"
        ),
        ("<!DOCTYPE html>\n<html>\n</html>\n", "this is a page in HTML or XML"),
        ("{\n  \"virtual\": []\n}\n", "this is JSON"),
    ])
    func aFileOfAnotherProgramIsOneError(text: String, message: String) {
        let found = reading(text).diagnostics
        if message == "unknown" {
            #expect(found.map(\.expected) == ["virtual"])
        } else {
            #expect(found.map(\.message) == [message])
        }
        #expect(reading(text).configuration == nil)
    }

    @Test func aPastedBlockIsOneErrorToo() {
        let text =
            block(["real=10.0.0.2:80 gate"])
            + "virtual_server 10.0.0.1 80 {\n  delay_loop 6\n  real_server 10.0.0.2 80 {\n  }\n}\n"
            + "checktimeout=5\n"
        #expect(reading(text).findings == ["3:1 a block in braces, as files of keepalived and nginx have it"])
    }
}
