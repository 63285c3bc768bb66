import Configuration
import TestKit
import Testing

@testable import DirectorCommand

/// `directrix convert`.
@Suite(.waits)
struct ConvertTests {
    private let trial: Trial

    init() throws { trial = try Trial() }

    private func convert(_ text: String, from name: String, to language: String) throws -> Trial.Answer {
        trial.write(name, text)
        return trial.run(["directrix", "convert", "--to", language, trial.path(name)])
    }

    private static let ldirectord = """
        checkinterval=5
        quiescent=no
        logfile="daemon"
        virtual=10.9.0.10:80
        \treal=10.9.1.11:80 masq 3 "index.html", "ok"
        \treal=10.9.1.12:8080 masq 1 "index.html", "ok"
        \tfallback=10.9.1.99:80 masq
        \tscheduler=wrr
        \tprotocol=tcp
        \tservice=http
        \tvirtualhost=www.example.net
        \tredirect=no
        virtual=10.9.0.11:25
        \treal=10.9.1.11:25 gate
        \tchecktype=connect
        \tprotocol=tcp

        """

    @Test func aFileOfLdirectordIsSaidInKeepalivedsWords() throws {
        let answer = try convert(Self.ldirectord, from: "web.cf", to: "keepalived")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors == "")
        #expect(answer.output == (try SourceTree.text(of: "Fixtures/director/converted.keepalived.conf")))
    }

    @Test func aFileOfKeepalivedIsSaidInLdirectordsWords() throws {
        let text = try SourceTree.text(of: "Fixtures/director/converted.keepalived.conf")
        let answer = try convert(text, from: "keepalived.conf", to: "ldirectord")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output == (try SourceTree.text(of: "Fixtures/director/converted.cf")))
    }

    /// The table and the checks of a file are those of what it is converted into.
    @Test func theTableIsTheSame() throws {
        let text = try SourceTree.text(of: "Fixtures/director/converted.keepalived.conf")
        trial.write("keepalived.conf", text)
        trial.write("web.cf", Self.ldirectord)
        trial.write("converted.cf", try SourceTree.text(of: "Fixtures/director/converted.cf"))
        let rules = ["keepalived.conf", "web.cf", "converted.cf"].map {
            trial.run(["directrix", "rules", trial.path($0)]).output
        }
        #expect(rules[0] == rules[1])
        #expect(rules[2] == rules[1])
        #expect(!rules[0].isEmpty)
    }

    @Test func whatWouldBeLostIsAnErrorOfItsLine() throws {
        let text = "virtual=10.9.0.10:80\n\treal=10.9.1.11:80 gate\n\tservice=imap\n\tfallbackcommand=\"/bin/true\"\n"
        let answer = try convert(text, from: "web.cf", to: "keepalived")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.errors.contains("@/web.cf:1: keepalived.conf cannot say it: a fallbackcommand\n"))
        #expect(
            answer.errors.contains(
                "@/web.cf:2: keepalived.conf cannot say it: a check by the protocol of the service\n"
            )
        )
    }

    @Test func whatHoldsForAllHasALineToo() throws {
        let text = """
            global_defs {
                lvs_timeouts tcp 60
                lvs_flush
                notification_email_from "a#b@example.net"
            }
            virtual_server 10.9.0.10 80 {
                protocol TCP
                sorry_server 10.9.1.12 80
                sorry_server_inhibit
                real_server 10.9.1.11 80 {
                }
            }
            """
        let answer = try convert(text, from: "keepalived.conf", to: "ldirectord")
        #expect(answer.status == 2)
        for error in [
            "2: ldirectord.cf cannot say it: timeouts of the table",
            "3: ldirectord.cf cannot say it: a table that is emptied",
            "6: ldirectord.cf cannot say it: a standby that stays without weight while it is not needed",
        ] {
            #expect(answer.errors.contains("@/keepalived.conf:\(error)\n"), "\(answer.errors)")
        }
        // Of what has no place none is told, least of all another one.
        let sender = "@/keepalived.conf: ldirectord.cf cannot say it: a quote or a # in the sender of mail\n"
        #expect(answer.errors.contains(sender), "\(answer.errors)")
    }

    @Test func whatLdirectordHasNotIsAnErrorOfItsLine() throws {
        let text = """
            virtual_server 10.9.0.10 80 {
                protocol TCP
                lb_algo rr
                lb_kind NAT
                quorum 2
                real_server 10.9.1.11 80 {
                    weight 2
                    notify_up /bin/true
                    TCP_CHECK {
                    }
                    PING_CHECK {
                    }
                }
            }
            """
        let answer = try convert(text, from: "keepalived.conf", to: "ldirectord")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.errors.contains("@/keepalived.conf:1: ldirectord.cf cannot say it: a quorum of more than one server")
        )
        #expect(
            answer.errors.contains(
                "@/keepalived.conf:6: ldirectord.cf cannot say it: programs that are run for a server"
            )
        )
        #expect(
            answer.errors.contains("@/keepalived.conf:6: ldirectord.cf cannot say it: several checks of one server")
        )
    }

    @Test func whatIsIncludedIsNamedByItsFile() throws {
        let included =
            "\nvirtual_server 10.9.0.10 80 {\nprotocol TCP\nreal_server 10.9.1.11 80 {\n}\nquorum_up /bin/true\n}\n"
        trial.write("more.conf", included)
        let answer = try convert("include more.conf\n", from: "keepalived.conf", to: "ldirectord")
        #expect(answer.status == 2)
        #expect(
            answer.errors.contains("@/more.conf:2: ldirectord.cf cannot say it: programs that are run for the quorum"),
            "\(answer.errors)"
        )
    }

    @Test(arguments: [
        ("MISC_CHECK {\nmisc_path \"/bin/x#y\"\n}", "a program"),
        ("HTTP_GET {\nurl {\npath /\n}\nvirtualhost \"a#b\"\n}", "a host"),
    ])
    func signsThatEndValuesAreToldInAllTexts(check: String, what: String) throws {
        let text = "virtual_server 10.9.0.10 80 {\nprotocol TCP\nreal_server 10.9.1.11 80 {\n\(check)\n}\n}\n"
        let answer = try convert(text, from: "keepalived.conf", to: "ldirectord")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("ldirectord.cf cannot say it: a quote or a # in \(what)"), "\(answer.errors)")
    }

    @Test func anUnknownLanguageIsRefused() throws {
        let answer = try convert(Self.ldirectord, from: "web.cf", to: "lisp")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("'lisp' is invalid for '--to <to>'"))
    }
}
