import Configuration
import TestKit
import Testing

@testable import DirectorCommand

/// What the subcommands of directrix say of files with virtual routers.
@Suite(.waits)
struct FailoverFileTests {
    private let trial: Trial

    init() throws { trial = try Trial() }

    private static let text = """
        static_ipaddress {
            198.51.100.1/24 dev eth1
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 150
            authentication {
                auth_type PASS
                auth_pass sesame
            }
            virtual_ipaddress {
                192.0.2.100/24 label eth0:1
                192.0.2.101 no_track
            }
            virtual_ipaddress_excluded {
                2001:db8::100
            }
            virtual_routes {
                203.0.113.0/24 via 192.0.2.1 dev eth0 table 7
            }
            virtual_rules {
                from 203.0.113.0/24 table 7 priority 99
            }
        }

        """

    private func run(_ words: String..., text: String = text) -> Trial.Answer {
        trial.write("keepalived.conf", text)
        return trial.run(["directrix"] + words + [trial.path("keepalived.conf")])
    }

    @Test func aRightFileIsRight() {
        #expect(run("check", "--strict") == Trial.Answer(status: 0))
        let wrong = run("check", text: Self.text.replacing("51", with: "256"))
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("keepalived.conf:6:23: "))
    }

    /// What is added at the start are commands, and what a master adds are comments.
    @Test func thePlanSaysWhatIsAddedAndWhatAMasterAdds() {
        #expect(
            run("plan", "--kernel", "simulated")
                == Trial.Answer(
                    status: 1,
                    output: """
                        ip address add 198.51.100.1/24 dev eth1
                        # directrix-vrrp: VI_1, virtual router 51 on eth0
                        # as master it adds:
                        #   ip address add 192.0.2.100/24 dev eth0 label eth0:1
                        #   ip address add 192.0.2.101/32 dev eth0
                        #   ip address add 2001:db8::100/128 dev eth0 nodad preferred_lft 0
                        #   ip route add 203.0.113.0/24 via 192.0.2.1 dev eth0 table 7 proto 18
                        #   ip rule add priority 99 from 203.0.113.0/24 lookup 7 protocol 18

                        """
                )
        )
    }

    @Test func whatIsShownMeansTheSame() {
        let shown = run("show")
        #expect(shown.status == 0 && shown.output.contains("auth_pass \"sesame\""))
        let again = run("show", text: shown.output)
        #expect(again == shown)
        #expect(!run("show", "--hide-secrets").output.contains("sesame"))
        let document = run("show", "--json").output
        #expect(document.contains("\"vrrp_instance\": ["))
        #expect(document.contains("\"192.0.2.101/32 dev eth0 scope 0 no_track\""))
    }

    @Test func whatLdirectordCannotSayIsALoss() {
        let answer = run("convert", "--to", "ldirectord")
        #expect(answer.status == 2 && answer.output.isEmpty)
        #expect(answer.errors.contains("ldirectord.cf cannot say it: the virtual router VI_1"))
        #expect(answer.errors.contains("ldirectord.cf cannot say it: addresses, routes or rules of the machine"))
        let same = run("convert", "--to", "keepalived")
        #expect(same.status == 0 && same.output.contains("vrrp_instance VI_1 {"))
    }
}
