import Addresses
import CheckIO
import Configuration
import Dialogues
import System
import TestKit
import Testing

/// Mails handed to a real server, and a login that no password is sent for.
@Suite(.waits)
struct MailInteropTests {
    private static let exim = RealServer(
        name: "exim, mails",
        programs: ["/usr/sbin/exim4"],
        files: [
            "exim.conf": """
            primary_hostname = mail.example.com
            spool_directory = FOLDER/spool
            log_file_path = FOLDER/spool/%slog
            pid_file_path = FOLDER/spool/pid
            daemon_smtp_ports = PORT0
            local_interfaces = 127.0.0.1
            queue_only
            acl_smtp_rcpt = recipient
            acl_smtp_data = content
            begin acl
            recipient:
              deny local_parts = nobody
                   message = nobody lives here
              accept
            content:
              deny condition = ${if match{$h_subject:}{refuse}}
                   message = not this one
              accept verify = header_syntax

            """
        ],
        preparation: "mkdir spool && chown Debian-exim spool && chown root exim.conf && chmod 644 exim.conf",
        command: "exim4 -C FOLDER/exim.conf -bdf",
        trials: []
    )

    private static let dovecot = RealServer(
        name: "dovecot, APOP alone",
        programs: ["/usr/sbin/dovecot", "/usr/lib/dovecot/pop3"],
        files: [
            "dovecot.conf": """
            base_dir = FOLDER/run
            state_dir = FOLDER/state
            log_path = /dev/stderr
            protocols = pop3
            listen = 127.0.0.1
            ssl = no
            auth_mechanisms = apop
            first_valid_uid = 1
            passdb {
              driver = static
              args = password=secret
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home=FOLDER/home
            }
            mail_location = mbox:FOLDER/home/mail
            service pop3-login {
              inet_listener pop3 {
                port = PORT0
              }
              inet_listener pop3s {
                port = 0
              }
            }

            """
        ],
        preparation: "mkdir run state home && chown nobody:nogroup home",
        command: "dovecot -F -c FOLDER/dovecot.conf",
        trials: []
    )

    /// Starts a server and waits until a dialogue with it passes.
    private func running(_ server: RealServer, _ dialogue: Negotiation.Dialogue) throws -> RunningServer {
        if !server.missing.isEmpty {
            try Test.cancel(
                "\(server.missing.joined(separator: ", ")) missing; contrib/requirements interop installs it"
            )
        }
        let running = try RunningServer(server)
        var last: CheckResult?
        let isReady = try Deadline.wait(seconds: 20) {
            let nonce = DialogueNonce(high: 1, low: 2)
            last = try result(of: Negotiation(dialogue).machine(for: endpoint(of: running), nonce: nonce))
            return last?.verdict == .up
        }
        try #require(isReady, "\(server.name): \(String(describing: last))\n\(running.output)")
        return running
    }

    private func endpoint(of running: RunningServer) -> Endpoint {
        Endpoint(address: .v4(IPv4Address(value: 0x7f00_0001)), port: running.ports[0])
    }

    private func result(of machine: any DialogueMachine) throws -> CheckResult {
        let loop = try EventLoop()
        var result: CheckResult?
        let runner = ProbeRunner(loop: loop) { result = $1 }
        runner.dialogue(machine, timeout: .seconds(4), token: 1)
        while result == nil { try loop.runTurn(atMost: .seconds(1)) }
        return try #require(result)
    }

    private func message(_ recipients: [String], subject: String = "Größe: 5") throws -> OutgoingMessage {
        OutgoingMessage(
            sender: try #require(MailAddress("Diréctor <lb@example.com>")),
            returnPath: MailAddress("root@lb.example.com"),
            recipients: try recipients.map { try #require(MailAddress($0)) },
            subject: subject,
            body: ".\n..two\nFrom here\nLäden\n",
            date: MailDate(seconds: 1_795_620_591, offset: 3600),
            messageID: "1.2@lb.example.com"
        )
    }

    @Test func aMailArrivesAsItWasMeant() throws {
        let running = try running(Self.exim, .smtp(startsTLS: false))
        let mail = try message(["Operators <ops@example.com>", "nobody@example.com"])
        let result = try result(of: MailSubmission(message: mail, target: endpoint(of: running)))
        #expect(result.verdict == .up)
        let refusal = ", but refused for nobody@example.com (550 nobody lives here)"
        #expect(result.text.hasPrefix("250 OK") && result.text.hasSuffix(refusal), "\(result.text)")
        let spool = try Program.run(
            "/bin/sh",
            ["-c", "cd \(running.folder.path)/spool/input && cat *-H && tail -n +2 *-D"]
        )
        #expect(spool.errors == "")
        for line in [
            "<root@lb.example.com>", "\n1\nops@example.com\n", "From: =?utf-8?B?RGlyw6ljdG9y?= <lb@example.com>",
            "Subject: =?utf-8?B?R3LDtsOfZTogNQ==?=", "Date: Wed, 25 Nov 2026 16:29:51 +0100",
            "Message-ID: <1.2@lb.example.com>",
        ] {
            #expect(spool.output.contains(line), "\(line) is missing in\n\(spool.output)")
        }
        #expect(spool.output.hasSuffix("\n.\n..two\nFrom here\nL=C3=A4den\n"), "\(spool.output)")
    }

    @Test func whatAServerRefusesFails() throws {
        let running = try running(Self.exim, .smtp(startsTLS: false))
        let server = endpoint(of: running)
        let unknown = try result(of: MailSubmission(message: message(["nobody@example.com"]), target: server))
        #expect(unknown.layer == .dialogue(.status(550)))
        #expect(unknown.text == "refused for nobody@example.com (550 nobody lives here)")
        let mail = try message(["ops@example.com"], subject: "refuse me")
        let refused = try result(of: MailSubmission(message: mail, target: server))
        #expect(refused.layer == .dialogue(.status(550)))
        #expect(refused.text == "550 not this one")
        running.stop()
        #expect(try result(of: MailSubmission(message: mail, target: server)).layer == .transport(.refused))
    }

    @Test func noPasswordIsSentWhereAStampWillDo() throws {
        let running = try running(Self.dovecot, .pop(Credentials(login: "check", password: "secret")))
        let wrong = POPDialogue(
            Credentials(login: "check", password: "wrong"),
            target: endpoint(of: running),
            security: nil
        )
        let result = try result(of: wrong)
        #expect(result.verdict == .down)
        #expect(result.layer == .dialogue(.authentication), "\(result)")
    }
}
