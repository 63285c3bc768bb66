import Configuration
import Diagnostics
import Keepalived
import Testing

/// What is told of the words of failover.
struct FailoverFormTests {
    /// An instance with an address and further lines, which begin in line 5 of it.
    private func instance(_ name: String, id: Int = 51, address: String = "10.0.0.1/24", _ lines: String...) -> String {
        """
        vrrp_instance \(name) {
        interface eth0
        virtual_router_id \(id)
        virtual_ipaddress {
        \(address)
        }
        \(lines.joined(separator: "\n"))
        }

        """
    }

    private func told(_ text: String) -> [String] {
        StandInMachine.load(text).diagnostics
            .map { "\($0.line):\($0.column) \($0.severity == .error ? "error" : "warning")" }
    }

    @Test func namesLeadToSomething() {
        let tracking = instance("A", "track_script {", "s", "t weight 3", "}", "track_file {", "f", "}")
        #expect(told("vrrp_script s {\nscript /bin/true\n}\n" + tracking) == ["12:1 error", "15:1 error"])
        #expect(told("vrrp_sync_group G {\ngroup {\nA B\n}\n}\n" + instance("A")) == ["3:3 error"])
    }

    @Test func instancesAreToldApart() {
        #expect(told(instance("A") + instance("A", id: 52, address: "10.0.0.2")) == ["9:15 error"])
        #expect(told(instance("A") + instance("B", address: "10.0.0.2")) == ["11:19 error"])
        #expect(told(instance("A") + instance("B", id: 52)) == ["13:1 error"])
        #expect(told(instance("A") + instance("B", id: 52, address: "10.0.0.1/24 dev eth1")) == [])
        #expect(told(instance("A") + instance("B", address: "fd00::1/64")) == [])
    }

    @Test(arguments: [
        ("priority 0", "7:10 error"), ("priority 256", "7:10 error"), ("state SLAVE", "7:7 warning"),
        ("state MASTER", "1:1 warning"), ("advert_int 0.5", "7:12 warning"), ("advert_int 0", "7:12 warning"),
        ("debug", "7:1 error"), ("preemtp_delay 3", "7:1 warning"), ("preempt_delay 300", nil),
        ("version 4", "7:9 error"),
        ("virtual_routes {\nx via 10.0.0.1\n}", "8:1 error"),
        ("virtual_routes {\ndefault via 10.0.0.1 dev eth0\n}", nil),
        ("virtual_routes {\nblackhole 10.0.0.0/8 metric 5\n}", nil),
        ("virtual_routes {\n10.0.0.0/8 via\n}", "8:12 error"),
        ("virtual_rules {\nfrom 10.0.0.0/8 table 5 priority 100\n}", nil), ("virtual_rules {\nfrom x\n}", "8:6 error"),
        ("unicast_peer {\n10.0.0.9 min_ttl 5 max_ttl 300\n}", "8:28 error"), ("use_vmac <IF>", "7:10 error"),
        ("authentication {\nauth_type PASS\nauth_pass 123456789\n}", "9:11 warning"),
        ("notify_master /nowhere/told", "7:15 warning"), ("notify_master \"/bin/true a\" who", "7:29 error"),
    ])
    func words(line: String, place: String?) {
        #expect(told(instance("A", line)) == (place.map { [$0] } ?? []))
    }
}
